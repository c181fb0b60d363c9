package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceSetBillingInfo saves what subscriptions cost and when they renew.
// It is in the documentation of every protocol version, so it is answered in
// every version, although the schemas after 1.6.7.0 lack it.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/setting-billing-information.66406/
var webspaceSetBillingInfo = register("webspace", "set-billing-info", providers,
	func(n *webspaceBillingRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		if !r.Enter("values") {
			return
		}
		n.values.Price = optional(r, "price", r.price)
		n.values.RenewalDate = r.OptString("renewal-date")
		n.values.Cycle = r.OptString("cycle")
		n.values.DomainStoreURL = r.OptString("domain-store-url")
		n.values.CertStoreURL = r.OptString("cert-store-url")
		r.Leave()
	},
	func(c *Call, n *webspaceBillingRequest) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, n.filter)
		c.all(matches, err, func(ids []int64) error {
			return c.api.Ledger.SetWebspaceBilling(c, c.who, ids, n.values)
		})
	})

type webspaceBillingRequest struct {
	filter ledger.Filter
	values ledger.WebspaceBillingUpdate
}

// price reads an element of type priceInput.
func (r *Reader) price(name string) (p ledger.PriceInput) {
	if r.Enter(name) {
		p.Currency = r.String("currency")
		p.Sum = r.String("sum")
		r.Leave()
	}
	return p
}

// writeAmount writes a currency and a sum in an element.
func (c *Call) writeAmount(name string, m ledger.Money) {
	c.w.Start(name)
	c.w.Text("currency", string(m.Currency))
	c.w.Text("sum", m.Sum.String())
	c.w.End(name)
}
