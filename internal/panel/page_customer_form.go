package panel

import (
	"errors"
	"net/http"

	"github.com/hostledger/hostledger/ledger"
)

// customerForm is the form for a customer. Passwords are not shown again.
type customerForm struct {
	Customer                              *ledger.Account // nil: a new one
	Contact                               contactForm
	Login, ExternalID, Description, Owner string
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
	a, err := v.Ledger.AddCustomer(v.r.Context(), v.who, form.customer(v))
	if errors.Is(err, ledger.ErrOwnerNotFound) {
		err = ledger.Errorf(ledger.ErrInvalid, "There is no reseller with the login “%s”.", form.Owner)
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
	if err := v.Ledger.UpdateCustomer(v.r.Context(), v.who, a.ID, form.update(v)); err != nil {
		return v.again(page, err)
	}
	return v.done(customerPath(a.ID), "customer")
}

// customerForm returns the form for a customer as he is, or as he was typed.
func (v *visit) customerForm(a *ledger.Account) (form customerForm, err error) {
	form.Customer = a
	var contact ledger.Contact
	switch {
	case v.r.Method == http.MethodPost:
		contact = v.typedContact()
		form.Login, form.ExternalID, form.Owner = v.typed("login"), v.typed("external-id"), v.typed("owner")
		form.Description = oneNewline.Replace(v.typed("description"))
	case a != nil:
		contact = a.Contact
		form.Login, form.ExternalID, form.Description = a.Login, a.ExternalID, a.Description
	default:
		form.Owner = v.query().Get("owner")
	}
	form.Contact, err = v.contactForm(contact)
	return form, err
}

func (f customerForm) customer(v *visit) ledger.NewCustomer {
	n := ledger.NewCustomer{NewAccount: ledger.NewAccount{
		Login: f.Login, Password: v.value("password"), Contact: f.Contact.Contact, ExternalID: f.ExternalID, Description: f.Description,
	}}
	if f.Owner != "" {
		n.Owner = &ledger.Selector{By: ledger.ByLogin, Value: f.Owner}
	}
	return n
}

func (f customerForm) update(v *visit) ledger.AccountUpdate {
	u := ledger.AccountUpdate{ExternalID: &f.ExternalID, Description: &f.Description, Contact: contactUpdate(f.Contact.Contact)}
	if f.Login != f.Customer.Login {
		u.Login = &f.Login
	}
	if password := v.value("password"); password != "" {
		u.Password = &password
	}
	return u
}
