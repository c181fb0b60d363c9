package xmlapi

import "github.com/hostledger/hostledger/ledger"

// dbServersRequest is the request of a db-servers operation: it adds database
// servers to those that objects provide, removes some, or lists them.
type dbServersRequest struct {
	filter  ledger.Filter
	does    string
	servers []ledger.DBServer // to be added or removed
}

const listDBServers = "list"

var dbServersActions = []string{"add", "remove", listDBServers}

func (n *dbServersRequest) action() string { return n.does }

func (n *dbServersRequest) decode(r *Reader, selectors []ledger.By) {
	i := r.OneOf(dbServersActions...)
	if i < 0 || !r.Enter(dbServersActions[i]) {
		return
	}
	n.does = dbServersActions[i]
	n.filter = r.Filter(selectors)
	if n.does != listDBServers && r.require("db-server") {
		for r.Next("db-server") {
			n.servers = append(n.servers, r.dbServer("db-server"))
		}
	}
	r.Leave()
}

// dbServer reads how a database server is named: by its type and either its id
// or its address.
func (r *Reader) dbServer(name string) (s ledger.DBServer) {
	if !r.Enter(name) {
		return s
	}
	s.Type = r.String("type")
	if r.OneOf("id", "host") == 0 {
		s.ID = r.ID("id")
	} else {
		s.Host = r.String("host")
		s.Port = r.String("port")
	}
	r.Leave()
	return s
}

// answer answers a db-servers operation: list writes the servers of objects,
// update changes one.
func (n *dbServersRequest) answer(c *Call, matches []ledger.Match, err error, list func(),
	update func(id int64, u ledger.SettingsUpdate) error,
) {
	if n.does == listDBServers {
		list()
		return
	}
	c.each(matches, err, func(id int64) error {
		u, err := n.change()
		if err != nil {
			return err
		}
		return update(id, u)
	})
}

// change is what adding or removing changes.
func (n *dbServersRequest) change() (u ledger.SettingsUpdate, err error) {
	ids, err := ledger.DBServersNamed(n.servers)
	if n.does == "add" {
		u.DBServers.Add = ids
	} else {
		u.DBServers.Remove = ids
	}
	return u, err
}

func (c *Call) writeDBServers(ids []int64) {
	for _, s := range ledger.DBServers(ids) {
		c.w.Start("db-server")
		c.w.Text("type", s.Type)
		c.w.Int("id", s.ID)
		c.w.Text("host", s.Host)
		c.w.Text("port", s.Port)
		c.w.End("db-server")
	}
}
