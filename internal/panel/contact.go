package panel

import (
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// contactForm is the part of a form that is about the person behind an account.
type contactForm struct {
	ledger.Contact
	Locales []choice
	IsOwn   bool // the reader is that person, whom browsers know
}

// contactForm returns the fields of a contact. A language that can no longer be
// chosen can be kept.
func (v *visit) contactForm(c ledger.Contact) (contactForm, error) {
	form := contactForm{Contact: c, Locales: []choice{{"", "as the browser has it"}}}
	ids, err := v.Ledger.EnabledLocales(v.r.Context())
	if c.Locale != "" && !slices.Contains(ids, c.Locale) {
		ids = append(ids, c.Locale)
	}
	for _, id := range ids {
		form.Locales = append(form.Locales, choice{id, ledger.LocaleName(id)})
	}
	return form, err
}

func (v *visit) typedContact() ledger.Contact {
	return ledger.Contact{
		Name: v.typed("name"), Company: v.typed("company"), Email: v.typed("email"), Phone: v.typed("phone"), Fax: v.typed("fax"),
		Address: v.typed("address"), City: v.typed("city"), State: v.typed("state"), PostalCode: v.typed("postal-code"),
		Country: strings.ToUpper(v.typed("country")), Locale: v.typed("locale"),
	}
}

// contactUpdate sets all of a contact.
func contactUpdate(c ledger.Contact) ledger.ContactUpdate {
	return ledger.ContactUpdate{
		Name: &c.Name, Company: &c.Company, Email: &c.Email, Phone: &c.Phone, Fax: &c.Fax,
		Address: &c.Address, City: &c.City, State: &c.State, PostalCode: &c.PostalCode,
		Country: &c.Country, Locale: &c.Locale,
	}
}
