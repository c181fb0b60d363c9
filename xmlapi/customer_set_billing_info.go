package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerSetBillingInfo saves the balances of customers, in any number of
// currencies each.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/setting-billing-information.66345/
var customerSetBillingInfo = register("customer", "set-billing-info", providers,
	func(n *customerBillingRequest, r *Reader) {
		n.filter = r.Filter(customerSelectors)
		if !r.Enter("values") {
			return
		}
		n.values = map[ledger.Balance][]ledger.PriceInput{}
		for _, balance := range ledger.Balances {
			if r.Next(string(balance)) {
				n.values[balance] = r.amounts(string(balance))
			}
		}
		r.Leave()
	},
	func(c *Call, n *customerBillingRequest) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, n.filter)
		c.all(matches, err, func(ids []int64) error {
			return c.api.Ledger.SetCustomerBilling(c, c.who, ids, n.values)
		})
	})

type customerBillingRequest struct {
	filter ledger.Filter
	values map[ledger.Balance][]ledger.PriceInput
}

// amounts reads an element of type clientPriceInput: one or more values.
func (r *Reader) amounts(name string) (amounts []ledger.PriceInput) {
	if !r.Enter(name) {
		return nil
	}
	amounts = append(amounts, r.price("value"))
	for r.Next("value") {
		amounts = append(amounts, r.price("value"))
	}
	r.Leave()
	return amounts
}
