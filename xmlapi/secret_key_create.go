package xmlapi

import "github.com/hostledger/hostledger/ledger"

// secretKeyCreate makes a secret key, which is shown in this answer only.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-secret-keys.37121/
var secretKeyCreate = register("secret_key", "create", adminOnly,
	func(n *ledger.NewSecretKey, r *Reader) {
		n.Addresses = orEmpty(r.OptString("ip_address"))
		n.Description = orEmpty(r.OptString("description"))
		n.Login = orEmpty(r.OptString("login"))
	},
	func(c *Call, n *ledger.NewSecretKey) {
		key, err := c.api.Ledger.CreateSecretKey(c, c.who, *n)
		c.result(Result{Err: err}, func() { c.w.Text("key", key) })
	})

// eachKey writes a result for every key of a filter.
func (c *Call) eachKey(values []string, do func(*ledger.SecretKey) error, rest func(*ledger.SecretKey)) {
	matches, err := c.api.Ledger.FindSecretKeys(c, c.who, values)
	if err != nil || len(matches) == 0 {
		c.result(Result{Err: err})
		return
	}
	for _, m := range matches {
		err := m.Err
		if err == nil {
			err = do(m.Key)
		}
		c.w.Start("result")
		c.status(err)
		if err != nil {
			c.w.Text("key", m.Value)
		} else {
			rest(m.Key)
		}
		c.w.End("result")
	}
}
