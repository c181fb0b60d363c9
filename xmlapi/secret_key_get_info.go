package xmlapi

import (
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// secretKeyGetInfo returns what is known of secret keys. Only their hashes are
// kept, so key holds an id, which serves in filters instead of the key.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-secret-keys.37144/
var secretKeyGetInfo = register("secret_key", "get_info", adminOnly,
	func(values *[]string, r *Reader) { *values = r.names("key") },
	func(c *Call, values *[]string) {
		c.eachKey(*values,
			func(*ledger.SecretKey) error { return nil },
			func(k *ledger.SecretKey) {
				addresses := make([]string, len(k.Addresses))
				for i, addr := range k.Addresses {
					addresses[i] = addr.String()
				}
				c.w.Start("key_info")
				c.w.Text("key", k.ID)
				c.w.Text("ip_address", strings.Join(addresses, ","))
				c.w.Text("description", k.Description)
				c.w.Text("login", k.Login)
				c.w.End("key_info")
			})
	})
