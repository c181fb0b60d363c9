package panel

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// billingForm is the form for what a subscription costs and when it renews.
type billingForm struct {
	*subscription
	form
	Currencies []ledger.Currency
	Cycles     []choice
	Preview    billingPreview
}

// otherCycle is the choice of a cycle that is typed.
const otherCycle = "other"

var cycles = []choice{
	{"", "none"},
	{"P1M", "every month"}, {"P3M", "every 3 months"}, {"P6M", "every 6 months"},
	{"P1Y", "every year"}, {"P2Y", "every 2 years"},
	{otherCycle, "another one"},
}

func billingPage(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	f := billingForm{subscription: s, form: billingValues(s.Billing), Currencies: ledger.Currencies(), Cycles: cycles}
	switch {
	case v.r.Method == http.MethodPost:
		f.form = f.filledIn(trimmed(v.posted()))
	case v.query().Has("sum"): // a preview is asked for
		f.form = f.filledIn(trimmed(v.query()))
	}
	f.Preview = v.previewBilling(f)
	page := view{template: "billing", title: "Billing of " + s.Name.Unicode, data: f}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	err = v.saveBilling(f)
	if err != nil {
		return v.again(page, err)
	}
	return v.done(fmt.Sprintf("/subscriptions/%d", s.ID), "billing")
}

// billingValues returns the fields for what is stored. The date and its time of
// day have a field each, as they were given.
func billingValues(b ledger.WebspaceBilling) form {
	date, time, _ := strings.Cut(b.RenewalDate.String(), "T")
	f := stored("date", date, "time", time, "cycle", b.Cycle.String(),
		"domain-store-url", b.DomainStoreURL, "cert-store-url", b.CertStoreURL)
	if b.Price != nil {
		f.Shown.Set("currency", string(b.Price.Currency))
		f.Shown.Set("sum", b.Price.Sum.String())
	}
	if !slices.ContainsFunc(cycles, func(c choice) bool { return c.Value == b.Cycle.String() }) {
		f.Shown.Set("cycle", otherCycle)
		f.Shown.Set("other-cycle", b.Cycle.Given())
	}
	return f
}

func trimmed(values url.Values) url.Values {
	for _, of := range values {
		for i := range of {
			of[i] = strings.TrimSpace(of[i])
		}
	}
	return values
}

// What the fields say in the protocol's words.

func typedPrice(values url.Values) ledger.PriceInput {
	if values.Get("sum") == "" {
		return ledger.PriceInput{}
	}
	return ledger.PriceInput{Currency: values.Get("currency"), Sum: values.Get("sum")}
}

func typedRenewal(values url.Values) string {
	if time := values.Get("time"); time != "" {
		return values.Get("date") + "T" + time
	}
	return values.Get("date")
}

func typedCycle(values url.Values) string {
	if cycle := values.Get("cycle"); cycle != otherCycle {
		return cycle
	}
	return values.Get("other-cycle")
}

// checkCycle makes sure that the list and the field beside it say the same, so
// that nothing that was typed is lost. The cycle that was shown may stand in the
// field when another one is chosen.
func (f billingForm) checkCycle() error {
	chosen, other := f.Typed.Get("cycle"), f.Typed.Get("other-cycle")
	switch {
	case chosen == otherCycle && other == "":
		return ledger.Errorf(ledger.ErrInvalid, "Billing cycle: type the other cycle, or choose one of the list.")
	case chosen != otherCycle && other != "" && other != f.Shown.Get("other-cycle"):
		return ledger.Errorf(ledger.ErrInvalid, "Billing cycle: “%s” was typed, but the list says something else. Choose “another one” there, or empty the field.", other)
	}
	return nil
}

// checkPrice makes sure that a currency that was chosen has a sum. The one that
// was shown may stay when the sum is taken out.
func (f billingForm) checkPrice() error {
	currency := f.Typed.Get("currency")
	if f.Typed.Get("sum") == "" && currency != "" && currency != f.Shown.Get("currency") {
		return ledger.Errorf(ledger.ErrInvalid, "Price: type a sum in %s, or choose no currency.", currency)
	}
	return nil
}

// saveBilling sets what was changed: what was not keeps the text it was given
// as.
func (v *visit) saveBilling(f billingForm) error {
	if err := f.checkCycle(); err != nil {
		return err
	}
	if err := f.checkPrice(); err != nil {
		return err
	}
	u := ledger.WebspaceBillingUpdate{DomainStoreURL: f.changedLine("domain-store-url"), CertStoreURL: f.changedLine("cert-store-url")}
	if price := typedPrice(f.Typed); price != typedPrice(f.Shown) {
		u.Price = &price
	}
	if renewal := typedRenewal(f.Typed); renewal != typedRenewal(f.Shown) {
		u.RenewalDate = &renewal
	}
	if cycle := typedCycle(f.Typed); cycle != typedCycle(f.Shown) {
		u.Cycle = &cycle
	}
	return v.Ledger.SetWebspaceBilling(v.r.Context(), v.who, []int64{f.ID}, u)
}

// billingPreview is how a customer sees what is in the form.
type billingPreview struct {
	Billing  ledger.WebspaceBilling
	Renewal  *renewal
	Problems []string // why some of it cannot be shown
}

func (v *visit) previewBilling(f billingForm) (p billingPreview) {
	for _, err := range []error{f.checkPrice(), f.checkCycle()} {
		if problem, ok := refused(err); ok {
			p.Problems = append(p.Problems, problem)
		}
	}
	b := &p.Billing
	if price := typedPrice(f.Typed); price != (ledger.PriceInput{}) {
		var m ledger.Money
		read(&p, "price/currency", price.Currency, ledger.ParseCurrency, &m.Currency)
		read(&p, "price/sum", price.Sum, ledger.ParseDecimal, &m.Sum)
		if m.Currency != "" && m.Sum != "" {
			b.Price = &m
		}
	}
	read(&p, "renewal-date", typedRenewal(f.Typed), ledger.ParseRenewalDate, &b.RenewalDate)
	read(&p, "cycle", typedCycle(f.Typed), ledger.ParseCycle, &b.Cycle)
	read(&p, "domain-store-url", f.Typed.Get("domain-store-url"), ledger.ParseStoreURL, &b.DomainStoreURL)
	read(&p, "cert-store-url", f.Typed.Get("cert-store-url"), ledger.ParseStoreURL, &b.CertStoreURL)
	p.Renewal = v.renewalOf(b.RenewalDate)
	return p
}

// read reads one value of a preview.
func read[T any](p *billingPreview, element, typed string, parse func(string) (T, error), to *T) {
	if typed == "" && element != "price/currency" {
		return
	}
	value, err := parse(typed)
	if err != nil {
		p.Problems = append(p.Problems, labels[element]+": "+err.Error())
		return
	}
	*to = value
}
