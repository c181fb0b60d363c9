package xmlapi

import "github.com/hostledger/hostledger/ledger"

// phpHandlerEnable offers ways of running PHP.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-php-handlers.75313/
var phpHandlerEnable = register("php-handler", "enable", adminOnly,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) { c.enablePHPHandlers(*ids, true) })

func (c *Call) enablePHPHandlers(ids []string, enabled bool) {
	c.eachPHPHandler(ids, func(h *ledger.PHPHandler) error {
		h.Enabled = enabled
		return c.api.Ledger.EnablePHPHandler(c, c.who, h.ID, enabled)
	}, c.writePHPHandler)
}
