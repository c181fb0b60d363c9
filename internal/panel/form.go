package panel

import (
	"net/url"
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
