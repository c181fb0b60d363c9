package panel

import (
	"errors"
	"net/http"

	"github.com/hostledger/hostledger/ledger"
)

// customerForm is the form for a customer. Passwords are not shown again.
type customerForm struct {
	contactForm
	Customer *ledger.Account // nil: a new one
}

func newCustomerPage(v *visit) error {
	if !v.account.MayAddCustomers() {
		return ledger.Errorf(ledger.ErrPermission, "The reseller may not add customers.")
	}
	form, err := v.customerForm(nil)
	if err != nil {
		return err
	}
	page := view{template: "customer_form", title: "Add a customer", data: form}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	a, err := v.Ledger.AddCustomer(v.r.Context(), v.who, form.customer(v.value("password")))
	if errors.Is(err, ledger.ErrOwnerNotFound) {
		err = ledger.Errorf(ledger.ErrInvalid, "There is no reseller with the login “%s”.", form.line("owner"))
	}
	if err != nil {
		return v.again(page, err)
	}
	return v.done(customerPath(a.ID), "customer")
}

func editCustomerPage(v *visit) error {
	a, err := v.customer()
	if err != nil {
		return err
	}
	form, err := v.customerForm(a)
	if err != nil {
		return err
	}
	page := view{template: "customer_form", title: "Edit " + a.Contact.Name, data: form}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	if err := v.Ledger.UpdateCustomer(v.r.Context(), v.who, a.ID, form.update(v.value("password"))); err != nil {
		return v.again(page, err)
	}
	return v.done(customerPath(a.ID), "customer")
}

// customerForm returns the form for a customer as he is, or as he was typed.
func (v *visit) customerForm(a *ledger.Account) (f customerForm, err error) {
	f.Customer = a
	values := stored()
	switch {
	case a != nil:
		values = contactValues(a.Contact)
		values.Shown.Set("login", a.Login)
		values.Shown.Set("external-id", a.ExternalID)
		values.Shown.Set("description", a.Description)
	case v.r.Method != http.MethodPost:
		values.Shown.Set("owner", v.query().Get("owner"))
	}
	if v.r.Method == http.MethodPost {
		values = values.filledIn(v.posted())
	}
	f.contactForm, err = v.contactForm(values)
	return f, err
}

func (f customerForm) customer(password string) ledger.NewCustomer {
	n := ledger.NewCustomer{NewAccount: ledger.NewAccount{
		Login: f.line("login"), Password: password, Contact: f.contact(),
		ExternalID: f.line("external-id"), Description: f.text("description"),
	}}
	if owner := f.line("owner"); owner != "" {
		n.Owner = &ledger.Selector{By: ledger.ByLogin, Value: owner}
	}
	return n
}

func (f customerForm) update(password string) ledger.AccountUpdate {
	u := ledger.AccountUpdate{
		Login: f.changedLine("login"), ExternalID: f.changedLine("external-id"), Description: f.changedText("description"),
		Contact: f.contactUpdate(),
	}
	if password != "" {
		u.Password = &password
	}
	return u
}
