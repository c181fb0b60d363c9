package xmlapi

// eventLogGetLastID tells the id of the newest event.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/retrieving-action-log-data/retrieving-id-of-last-action.37077
var eventLogGetLastID = register("event_log", "get-last-id", adminOnly,
	func(_ *struct{}, r *Reader) { r.anyContent() },
	func(c *Call, _ *struct{}) {
		last, err := c.api.Ledger.LastEventID(c, c.who)
		c.result(Result{Err: err, ID: last})
	})
