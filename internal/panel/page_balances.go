package panel

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// balancesForm is the form for what the billing system keeps of a customer.
type balancesForm struct {
	*ledger.Account
	Balances   []typedBalance
	Currencies []ledger.Currency // to choose from
}

// typedBalance is a balance in a form. Its last row is empty, for one amount more.
type typedBalance struct {
	Balance ledger.Balance
	Name    string
	Rows    []ledger.PriceInput
}

func balancesPage(v *visit) error {
	a, err := v.customer()
	if err != nil {
		return err
	}
	form, page := balancesForm{Account: a, Currencies: ledger.Currencies()}, view{template: "balances", title: "Balances of " + a.Contact.Name}
	if v.r.Method != http.MethodPost {
		billing, err := v.Ledger.CustomerBilling(v.r.Context(), v.who, a.ID)
		form.fill(func(of ledger.Balance) []ledger.PriceInput { return inputs(billing[of]) })
		page.data = form
		if err != nil {
			return err
		}
		return v.show(page)
	}
	typed := map[ledger.Balance][]ledger.PriceInput{}
	for _, of := range ledger.Balances {
		typed[of] = typedAmounts(v.posted(), of)
	}
	if err := v.Ledger.SetCustomerBilling(v.r.Context(), v.who, []int64{a.ID}, typed); err != nil {
		form.fill(func(of ledger.Balance) []ledger.PriceInput { return typed[of] })
		page.data = form
		return v.again(page, err)
	}
	return v.done(customerPath(a.ID), "balances")
}

func (f *balancesForm) fill(rows func(ledger.Balance) []ledger.PriceInput) {
	for _, of := range ledger.Balances {
		f.Balances = append(f.Balances, typedBalance{of, balanceNames[of], append(rows(of), ledger.PriceInput{})})
	}
}

func inputs(amounts []ledger.Money) (rows []ledger.PriceInput) {
	for _, m := range amounts {
		rows = append(rows, ledger.PriceInput{Currency: m.Currency.String(), Sum: m.Sum.String()})
	}
	return rows
}

// typedAmounts returns the rows of a balance that have an amount: where it was
// taken out, the currency alone says nothing.
func typedAmounts(typed url.Values, of ledger.Balance) (rows []ledger.PriceInput) {
	currencies, sums := typed[string(of)+"/currency"], typed[string(of)+"/sum"]
	for i := range min(len(currencies), len(sums)) {
		row := ledger.PriceInput{Currency: strings.ToUpper(strings.TrimSpace(currencies[i])), Sum: strings.TrimSpace(sums[i])}
		if row.Sum != "" {
			rows = append(rows, row)
		}
	}
	return rows
}
