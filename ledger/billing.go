package ledger

import "context"

// WebspaceBilling is what a subscription costs and when it renews, as the
// host's billing system said it. Nil and empty mean not known.
type WebspaceBilling struct {
	Price          *Money
	RenewalDate    RenewalDate
	Cycle          Cycle
	DomainStoreURL string // where a customer registers a domain name that he adds
	CertStoreURL   string // where a customer buys a certificate
}

// WebspaceBillingUpdate changes a WebspaceBilling. Each value is as the
// protocol carries it; nil leaves what is stored, an empty value clears it.
type WebspaceBillingUpdate struct {
	Price                                            *PriceInput
	RenewalDate, Cycle, DomainStoreURL, CertStoreURL *string
}

// PriceInput is a price as the protocol carries it.
type PriceInput struct {
	Currency, Sum string
}

// SetWebspaceBilling saves billing information for subscriptions that
// FindWebspaces returned, all of it or nothing. It is the provider's data: a
// customer may not set it.
//
// Errors: ErrPermission, ErrInvalid naming the element and what was expected,
// ErrNotFound for a subscription that is gone.
func (l *Ledger) SetWebspaceBilling(ctx context.Context, who Identity, ids []int64, u WebspaceBillingUpdate) error {
	if !who.isProvider() {
		return errPermission
	}
	change, err := u.parse()
	if err != nil {
		return err
	}
	return notFoundAs(ErrNoWebspace, l.store.UpdateWebspaceBilling(l.causedBy(ctx, who), ids, change))
}

// WebspaceBilling returns the billing information of subscriptions that
// FindWebspaces or ListWebspaces returned, by id. What is not there is not known.
func (l *Ledger) WebspaceBilling(ctx context.Context, ids []int64) (map[int64]WebspaceBilling, error) {
	return l.store.WebspaceBilling(ctx, ids)
}

// parse checks every value and returns what to do to a stored record.
func (u WebspaceBillingUpdate) parse() (func(*WebspaceBilling), error) {
	var parsed WebspaceBilling
	if u.Price != nil && *u.Price != (PriceInput{}) {
		price, err := u.Price.parse("price")
		if err != nil {
			return nil, err
		}
		parsed.Price = &price
	}
	if err := parseGiven("renewal-date", u.RenewalDate, ParseRenewalDate, &parsed.RenewalDate); err != nil {
		return nil, err
	}
	if err := parseGiven("cycle", u.Cycle, ParseCycle, &parsed.Cycle); err != nil {
		return nil, err
	}
	if err := parseGiven("domain-store-url", u.DomainStoreURL, ParseStoreURL, &parsed.DomainStoreURL); err != nil {
		return nil, err
	}
	if err := parseGiven("cert-store-url", u.CertStoreURL, ParseStoreURL, &parsed.CertStoreURL); err != nil {
		return nil, err
	}
	return func(b *WebspaceBilling) {
		if u.Price != nil {
			b.Price = parsed.Price
		}
		if u.RenewalDate != nil {
			b.RenewalDate = parsed.RenewalDate
		}
		if u.Cycle != nil {
			b.Cycle = parsed.Cycle
		}
		if u.DomainStoreURL != nil {
			b.DomainStoreURL = parsed.DomainStoreURL
		}
		if u.CertStoreURL != nil {
			b.CertStoreURL = parsed.CertStoreURL
		}
	}, nil
}

// parseGiven reads a value that is there and not empty.
func parseGiven[T any](element string, given *string, parse func(string) (T, error), to *T) error {
	if given == nil || *given == "" {
		return nil
	}
	value, err := parse(*given)
	if err != nil {
		return Errorf(ErrInvalid, "%s: %v", element, err)
	}
	*to = value
	return nil
}

func (p PriceInput) parse(element string) (Money, error) {
	currency, err := ParseCurrency(p.Currency)
	if err != nil {
		return Money{}, Errorf(ErrInvalid, "%s/currency: %v", element, err)
	}
	sum, err := ParseDecimal(p.Sum)
	if err != nil {
		return Money{}, Errorf(ErrInvalid, "%s/sum: %v", element, err)
	}
	return Money{Currency: currency, Sum: sum}, nil
}

// Balance is one of the figures that a host's billing system keeps of a
// customer. The names are the protocol's own.
type Balance string

// The balances of a customer, in the protocol's order.
const (
	BalanceIncome           Balance = "income"            // revenue
	BalanceInvoicesDue      Balance = "invoices-due"      // outstanding invoices
	BalanceInvoicesPaid     Balance = "invoices-paid"     // paid invoices
	BalanceInvoicesRefunded Balance = "invoices-refunded" // refunded invoices
	BalanceCredit           Balance = "credit-balance"    // the customer's credit
	BalanceOveruseDue       Balance = "overuse-due"       // charge for overuse
)

// Balances are all balances in the protocol's order.
var Balances = []Balance{
	BalanceIncome, BalanceInvoicesDue, BalanceInvoicesPaid, BalanceInvoicesRefunded, BalanceCredit, BalanceOveruseDue,
}

// CustomerBilling holds an amount for each currency of each balance, in the
// order in which they were given.
type CustomerBilling map[Balance][]Money

// SetCustomerBilling saves balances of customers that FindCustomers returned,
// all or nothing. A balance that is not in update stays as it is; one that is
// there is replaced whole; amounts that are all empty clear it.
//
// Errors: ErrPermission for a customer who calls, ErrInvalid naming the
// element and what was expected, ErrNotFound for a customer who is gone.
func (l *Ledger) SetCustomerBilling(ctx context.Context, who Identity, ids []int64, update map[Balance][]PriceInput) error {
	if !who.isProvider() {
		return errPermission
	}
	parsed := CustomerBilling{}
	for _, balance := range Balances {
		given, ok := update[balance]
		if !ok {
			continue
		}
		amounts, err := parseAmounts(balance, given)
		if err != nil {
			return err
		}
		parsed[balance] = amounts
	}
	return notFoundAs(ErrNoCustomer, l.store.SetCustomerBilling(l.causedBy(ctx, who), ids, parsed))
}

func parseAmounts(balance Balance, given []PriceInput) ([]Money, error) {
	var amounts []Money
	seen := map[Currency]bool{}
	for _, input := range given {
		if input == (PriceInput{}) {
			continue
		}
		amount, err := input.parse(string(balance) + "/value")
		if err != nil {
			return nil, err
		}
		if seen[amount.Currency] {
			return nil, Errorf(ErrInvalid, "%s/value/currency: expected each currency once, but %s comes twice.", balance, amount.Currency)
		}
		seen[amount.Currency] = true
		amounts = append(amounts, amount)
	}
	return amounts, nil
}

// CustomerBilling returns the balances of a customer that FindCustomers
// returned. A customer sees what he owes and what he has; what he has brought
// in is the provider's own view.
func (l *Ledger) CustomerBilling(ctx context.Context, who Identity, id int64) (CustomerBilling, error) {
	billing, err := l.store.CustomerBilling(ctx, id)
	if !who.isProvider() {
		for _, balance := range []Balance{BalanceIncome, BalanceInvoicesPaid, BalanceInvoicesRefunded} {
			delete(billing, balance)
		}
	}
	return billing, err
}
