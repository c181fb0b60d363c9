package xmlapi

// serverGet returns what is known of the server itself.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-the-server/getting-server-information.36158/
var serverGet = register("server", "get", adminOnly,
	func(n *serverGetRequest, r *Reader) {
		n.wanted = dataset{}
		for _, d := range serverDatasets {
			if n.wanted[d.name] = r.Next(d.name); !n.wanted[d.name] {
				continue
			}
			if d.name == "key" {
				n.key = r.keyFilter()
			} else {
				r.Empty(d.name)
			}
		}
	},
	func(c *Call, n *serverGetRequest) {
		var parts []func()
		for _, d := range serverDatasets {
			if !n.wanted[d.name] {
				continue
			}
			write, err := d.read(c, n)
			if err != nil {
				c.result(Result{Err: err})
				return
			}
			parts = append(parts, write)
		}
		c.result(Result{}, parts...)
	})

type serverGetRequest struct {
	wanted dataset
	key    keyFilter
}

// serverDatasets are the datasets in the order of the schema. Each is read
// first, which may fail, and then written.
var serverDatasets = []struct {
	name string
	read func(*Call, *serverGetRequest) (write func(), err error)
}{
	{"key", (*Call).readKey},
	{"gen_info", (*Call).readServerInfo},
	{"components", (*Call).readComponents},
	{"stat", (*Call).readServerStatistics},
	{"admin", (*Call).readAdmin},
	{"interfaces", (*Call).readInterfaces},
	{"services_state", (*Call).readServices},
	{"prefs", (*Call).readServerPrefs},
	{"shells", (*Call).readShells},
	{"session_setup", (*Call).readSessionSetup},
	{"site-isolation-config", (*Call).readSiteIsolation},
	{"updates", (*Call).readUpdates},
	{"admin-domain-list", (*Call).readAdminDomains},
	{"certificates", (*Call).readServerCertificates},
}
