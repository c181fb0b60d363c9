package panel

import "github.com/hostledger/hostledger/ledger"

// homePage is the first page: what a customer has, or what a host looks after.
func homePage(v *visit) error {
	if v.isHost() {
		return overviewPage(v)
	}
	return customerHome(v)
}

// home is what a customer sees first.
type home struct {
	Subscriptions []subscription
	Pages         pages
	Balances      []balance
}

func customerHome(v *visit) error {
	list := v.listing()
	some, total, err := v.someSubscriptions(v.r.Context(), ledger.WebspaceListing{Listing: list})
	if err != nil {
		return err
	}
	h := home{Subscriptions: some, Pages: v.pagesOf(list, total)}
	if h.Balances, err = v.balances(v.who.AccountID); err != nil {
		return err
	}
	return v.show(view{template: "home", title: "My subscriptions", data: h})
}

// balance is one of the figures that the host's billing system keeps.
type balance struct {
	Balance ledger.Balance
	Name    string
	Amounts []ledger.Money
}

// balances returns those figures of an account that have amounts.
func (v *visit) balances(account int64) (all []balance, err error) {
	billing, err := v.Ledger.CustomerBilling(v.r.Context(), v.who, account)
	for _, of := range ledger.Balances {
		if amounts := billing[of]; len(amounts) > 0 {
			all = append(all, balance{of, balanceNames[of], amounts})
		}
	}
	return all, err
}
