package xmlapi

import "github.com/hostledger/hostledger/ledger"

// secretKeyDelete removes secret keys, named by the key or its id; a blank
// filter removes all.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-secret-keys.37156/
var secretKeyDelete = register("secret_key", "delete", adminOnly,
	func(values *[]string, r *Reader) { *values = r.names("key") },
	func(c *Call, values *[]string) {
		c.eachKey(*values,
			func(k *ledger.SecretKey) error { return c.api.Ledger.DeleteSecretKey(c, c.who, k.ID) },
			func(k *ledger.SecretKey) { c.w.Text("key", k.ID) })
	})
