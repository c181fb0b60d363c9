package xmlapi

// phpHandlerDisable no longer offers ways of running PHP. Sites that have them
// keep them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-php-handlers.75313/
var phpHandlerDisable = register("php-handler", "disable", adminOnly,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) { c.enablePHPHandlers(*ids, false) })
