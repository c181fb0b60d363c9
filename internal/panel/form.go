package panel

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// form is what a form holds by the names of its fields: as it is stored, and as
// it was typed, which is what is shown.
type form struct{ Stored, Typed url.Values }

// stored returns a form in which nothing was typed yet: names and values in
// turn.
func stored(pairs ...string) form {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return form{values, values}
}

// changed returns what a field was changed to, nil when it was not: what a
// person left alone is not set again, which would be a change to the ledger.
func (f form) changed(field string) *string {
	was, is := f.Stored.Get(field), oneNewline.Replace(f.Typed.Get(field))
	if !f.Typed.Has(field) || is == oneNewline.Replace(was) {
		return nil
	}
	return &is
}

// oneNewline undoes what browsers make of the ends of lines.
var oneNewline = strings.NewReplacer("\r\n", "\n")

// choice is an option of a select.
type choice struct{ Value, Name string }

// selectID returns the selector of the object that a choice names, nil for
// none.
func selectID(value string) *ledger.Selector {
	if value == "" {
		return nil
	}
	return &ledger.Selector{By: ledger.ByID, Value: value}
}

func planChoices(plans []ledger.Plan) (choices []choice) {
	for _, p := range plans {
		choices = append(choices, choice{strconv.FormatInt(p.ID, 10), p.Name})
	}
	return choices
}

// family is the addresses of one kind that the host has.
type family struct {
	Field, Label string
	Addresses    []string
}

// families returns the host's addresses, of which a subscription may have one
// of each family.
func (v *visit) families() (families []family, err error) {
	all, err := v.Ledger.IPAddresses(v.r.Context(), v.who)
	if err != nil {
		return nil, err
	}
	four, six := family{Field: "ipv4", Label: "IPv4 address"}, family{Field: "ipv6", Label: "IPv6 address"}
	for _, ip := range all {
		of := &six
		if ip.Address.Is4() {
			of = &four
		}
		of.Addresses = append(of.Addresses, ip.Address.String())
	}
	for _, of := range []family{four, six} {
		if len(of.Addresses) > 0 {
			families = append(families, of)
		}
	}
	return families, nil
}

// addresses returns those that were chosen, nil for none.
func addresses(typed url.Values) (chosen []string) {
	for _, field := range []string{"ipv4", "ipv6"} {
		if ip := typed.Get(field); ip != "" {
			chosen = append(chosen, ip)
		}
	}
	return chosen
}

// familyOf returns the field of an address.
func familyOf(ip string) string {
	if strings.Contains(ip, ":") {
		return "ipv6"
	}
	return "ipv4"
}
