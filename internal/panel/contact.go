package panel

import (
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// contactForm is a form with a part about the person behind an account.
type contactForm struct {
	form
	Locales []choice
	IsOwn   bool // the reader is that person, whom browsers know
}

// contactForm completes a form with the languages to choose from. One that can
// no longer be chosen can be kept.
func (v *visit) contactForm(f form) (contactForm, error) {
	c := contactForm{form: f, Locales: []choice{{"", "as the browser has it"}}}
	ids, err := v.Ledger.EnabledLocales(v.r.Context())
	if kept := f.Shown.Get("locale"); kept != "" && !slices.Contains(ids, kept) {
		ids = append(ids, kept)
	}
	for _, id := range ids {
		c.Locales = append(c.Locales, choice{id, ledger.LocaleName(id)})
	}
	return c, err
}

// contactValues returns the fields for what is stored.
func contactValues(c ledger.Contact) form {
	return stored("name", c.Name, "company", c.Company, "email", c.Email, "phone", c.Phone, "fax", c.Fax,
		"address", c.Address, "city", c.City, "state", c.State, "postal-code", c.PostalCode,
		"country", c.Country, "locale", c.Locale)
}

// contact returns all that was typed of a contact.
func (f contactForm) contact() ledger.Contact {
	return ledger.Contact{
		Name: f.line("name"), Company: f.line("company"), Email: f.line("email"), Phone: f.line("phone"), Fax: f.line("fax"),
		Address: f.line("address"), City: f.line("city"), State: f.line("state"), PostalCode: f.line("postal-code"),
		Country: strings.ToUpper(f.line("country")), Locale: f.line("locale"),
	}
}

// contactUpdate sets what was changed of a contact.
func (f contactForm) contactUpdate() ledger.ContactUpdate {
	u := ledger.ContactUpdate{
		Name: f.changedLine("name"), Company: f.changedLine("company"), Email: f.changedLine("email"),
		Phone: f.changedLine("phone"), Fax: f.changedLine("fax"),
		Address: f.changedLine("address"), City: f.changedLine("city"), State: f.changedLine("state"),
		PostalCode: f.changedLine("postal-code"), Country: f.changedLine("country"), Locale: f.changedLine("locale"),
	}
	if u.Country != nil {
		*u.Country = strings.ToUpper(*u.Country)
	}
	return u
}
