package xmlapi

import "github.com/hostledger/hostledger/ledger"

// localeGetMessage tells, key by key, that the server has no such text.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-locales/retrieving-localized-messages.40754/
var localeGetMessage = register("locale", "get-message", everyone,
	func(n *getMessageRequest, r *Reader) {
		if r.Enter("filter") {
			r.require("key")
			for r.Next("key") {
				n.keys = append(n.keys, r.String("key"))
			}
			r.Leave()
		}
		n.locale = r.String("id")
	},
	func(c *Call, n *getMessageRequest) {
		for _, key := range n.keys {
			c.localeResult(ledger.WhyNoMessage(n.locale), key, n.locale)
		}
	})

type getMessageRequest struct {
	keys   []string
	locale string
}
