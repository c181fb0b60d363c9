package xmlapi

import "github.com/hostledger/hostledger/ledger"

// phpHandlerGet lists ways of running PHP.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-php-handlers/retrieving-php-handlers.75317/
var phpHandlerGet = register("php-handler", "get", everyone,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) {
		c.eachPHPHandler(*ids, func(*ledger.PHPHandler) error { return nil }, c.writePHPHandler)
	})

// eachPHPHandler writes a result for every handler of a filter.
func (c *Call) eachPHPHandler(ids []string, do func(*ledger.PHPHandler) error, rest func(*ledger.PHPHandler)) {
	found, err := c.api.Ledger.FindPHPHandlers(c, ids)
	if err != nil {
		c.result(Result{Err: err})
	}
	for _, m := range found {
		err := m.Err
		if err == nil {
			err = do(m.Object)
		}
		c.result(Result{Err: err}, func() { rest(m.Object) })
	}
}

// writePHPHandler writes what a result tells of a handler. The files of a
// handler are on the machines that have them.
func (c *Call) writePHPHandler(h *ledger.PHPHandler) {
	status := "disabled"
	if h.Enabled {
		status = "enabled"
	}
	c.w.Text("id", h.ID)
	c.w.Text("display-name", h.Version)
	c.w.Text("full-version", h.Version)
	c.w.Text("version", h.Version)
	c.w.Text("type", h.Type)
	c.w.Bool("custom", false)
	c.w.Text("handler-status", status)
}
