package xmlapi

import "github.com/hostledger/hostledger/ledger"

// localeGet lists languages.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-locales/retrieving-list-of-lps.40713/
var localeGet = register("locale", "get", everyone,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) {
		c.eachLocale(*ids, func(m ledger.Named[ledger.Locale]) {
			if m.Err != nil {
				c.localeResult(m.Err, m.Value, m.Value)
				return
			}
			c.result(Result{}, func() { c.writeLocale(m.Object) })
		})
	})

func (c *Call) writeLocale(locale *ledger.Locale) {
	c.w.Start("info")
	c.w.Text("id", locale.ID)
	c.w.Text("lang", locale.Language)
	c.w.Text("country", locale.Country)
	c.w.Int("used", int64(locale.Users))
	c.w.Bool("enabled", locale.Enabled)
	c.w.End("info")
}

// eachLocale does something for every locale of a filter.
func (c *Call) eachLocale(ids []string, do func(ledger.Named[ledger.Locale])) {
	found, err := c.api.Ledger.FindLocales(c, c.who, ids)
	if err != nil {
		c.result(Result{Err: err})
	}
	for _, m := range found {
		do(m)
	}
}

// localeResult writes a result (LocaleResultType).
func (c *Call) localeResult(err error, filterID, id string) {
	c.w.Start("result")
	c.status(err)
	c.w.Text("filter-id", filterID)
	c.w.Text("id", id)
	c.w.End("result")
}
