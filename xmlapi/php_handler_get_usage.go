package xmlapi

import "github.com/hostledger/hostledger/ledger"

// phpHandlerGetUsage lists the sites that name a way of running PHP.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-php-handlers.75313/
var phpHandlerGetUsage = register("php-handler", "get-usage", everyone,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) {
		usage, err := c.api.Ledger.PHPHandlerUsage(c, c.who)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.eachPHPHandler(*ids, func(*ledger.PHPHandler) error { return nil }, func(h *ledger.PHPHandler) {
			for _, site := range usage[h.ID] {
				c.w.Start("domain")
				c.w.Int("id", site.ID)
				c.w.Text("name", site.Name.Unicode)
				c.w.End("domain")
			}
		})
	})
