package xmlapi

// localeDisable no longer lets accounts choose languages. The default one
// stays.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-locales/disabling-lp.40831/
var localeDisable = register("locale", "disable", adminOnly,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) { c.enableLocales(*ids, false) })
