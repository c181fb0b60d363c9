package panel

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// balancesForm is the form for what the billing system keeps of a customer.
type balancesForm struct {
	*ledger.Account
	form
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
	billing, err := v.Ledger.CustomerBilling(v.r.Context(), v.who, a.ID)
	if err != nil {
		return err
	}
	f := balancesForm{Account: a, form: balanceValues(billing), Currencies: ledger.Currencies()}
	if v.r.Method == http.MethodPost {
		f.form = f.filledIn(v.posted())
	}
	page := view{template: "balances", title: "Balances of " + a.Contact.Name, data: f}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	changed, err := f.changedBalances()
	if err == nil {
		err = v.Ledger.SetCustomerBilling(v.r.Context(), v.who, []int64{a.ID}, changed)
	}
	if err != nil {
		return v.again(page, err)
	}
	return v.done(customerPath(a.ID), "balances")
}

// The names of the fields of a balance, of which each amount has one.
func currencyField(of ledger.Balance) string { return string(of) + "/currency" }
func sumField(of ledger.Balance) string      { return string(of) + "/sum" }

// balanceValues returns the fields for what is stored.
func balanceValues(billing ledger.CustomerBilling) form {
	f := stored()
	for of, amounts := range billing {
		for _, m := range amounts {
			f.Shown.Add(currencyField(of), m.Currency.String())
			f.Shown.Add(sumField(of), m.Sum.String())
		}
	}
	return f
}

// Balances are all of them as they were typed.
func (f balancesForm) Balances() (all []typedBalance) {
	for _, of := range ledger.Balances {
		all = append(all, typedBalance{of, balanceNames[of], append(amountRows(f.Typed, of), ledger.PriceInput{})})
	}
	return all
}

// amountRows returns the rows of a balance in which something stands.
func amountRows(values url.Values, of ledger.Balance) (rows []ledger.PriceInput) {
	currencies, sums := values[currencyField(of)], values[sumField(of)]
	for i := range max(len(currencies), len(sums)) {
		row := ledger.PriceInput{Currency: strings.ToUpper(lineAt(currencies, i)), Sum: lineAt(sums, i)}
		if row != (ledger.PriceInput{}) {
			rows = append(rows, row)
		}
	}
	return rows
}

func lineAt(values []string, i int) string {
	if i < len(values) {
		return strings.TrimSpace(values[i])
	}
	return ""
}

// changedBalances returns the balances that were filled in otherwise than they
// were shown. Others are not set again, because the billing system may have
// changed them meanwhile.
func (f balancesForm) changedBalances() (map[ledger.Balance][]ledger.PriceInput, error) {
	changed := map[ledger.Balance][]ledger.PriceInput{}
	for _, of := range ledger.Balances {
		was, is := amountRows(f.Shown, of), amountRows(f.Typed, of)
		if slices.Equal(was, is) {
			continue
		}
		amounts, err := withAmounts(of, was, is)
		if err != nil {
			return nil, err
		}
		changed[of] = amounts
	}
	return changed, nil
}

// withAmounts returns the rows that have an amount. Where it was taken out, the
// currency that was shown beside it says nothing.
func withAmounts(of ledger.Balance, was, is []ledger.PriceInput) (amounts []ledger.PriceInput, err error) {
	for _, row := range is {
		isShown := slices.ContainsFunc(was, func(shown ledger.PriceInput) bool { return shown.Currency == row.Currency })
		switch {
		case row.Sum != "":
			amounts = append(amounts, row)
		case !isShown:
			return nil, ledger.Errorf(ledger.ErrInvalid, "%s amount: type one for %s, or take the currency out.", balanceNames[of], row.Currency)
		}
	}
	return amounts, nil
}
