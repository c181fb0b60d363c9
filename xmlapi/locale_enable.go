package xmlapi

import "github.com/hostledger/hostledger/ledger"

// localeEnable lets accounts choose languages.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-locales/enabling-lp.40824/
var localeEnable = register("locale", "enable", adminOnly,
	func(ids *[]string, r *Reader) { *ids = r.names("id") },
	func(c *Call, ids *[]string) { c.enableLocales(*ids, true) })

func (c *Call) enableLocales(ids []string, enabled bool) {
	c.eachLocale(ids, func(m ledger.Named[ledger.Locale]) {
		err := m.Err
		if err == nil {
			err = c.api.Ledger.EnableLocale(c, c.who, m.Object.ID, enabled)
		}
		c.localeResult(err, m.Value, m.Value)
	})
}
