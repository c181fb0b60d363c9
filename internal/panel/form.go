package panel

import (
	"maps"
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// form is what a form holds by the names of its fields: as it was shown at
// first, and as it was typed, which is what is shown next.
type form struct{ Shown, Typed url.Values }

// stored returns a form in which nothing was typed yet: names and values in
// turn.
func stored(pairs ...string) form {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return form{values, values}
}

// filledIn returns the form as it comes back. It carries what it showed, because
// somebody else may have changed what is stored since. Fields that are missing
// are as they were shown.
func (f form) filledIn(values url.Values) form {
	if values.Has("shown") {
		f.Shown, _ = url.ParseQuery(values.Get("shown"))
	}
	f.Typed = maps.Clone(f.Shown)
	maps.Copy(f.Typed, values)
	return f
}

// line returns what was typed into a field of one line.
func (f form) line(field string) string { return strings.TrimSpace(f.Typed.Get(field)) }

// text returns what was typed into a field of several lines.
func (f form) text(field string) string { return oneNewline.Replace(f.Typed.Get(field)) }

// changedLine returns what a field of one line was changed to, nil when it was
// not: what a person left alone is not set again, which would be a change to
// the ledger and undo what others did meanwhile.
func (f form) changedLine(field string) *string {
	return ifOther(strings.TrimSpace(f.Shown.Get(field)), f.line(field))
}

// changedText is changedLine for a field of several lines.
func (f form) changedText(field string) *string {
	return ifOther(oneNewline.Replace(f.Shown.Get(field)), f.text(field))
}

func ifOther(was, is string) *string {
	if is == was {
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
