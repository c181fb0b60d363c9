package panel

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// limitField is a limit in a form.
type limitField struct {
	Name, Label string
	Type        string // int, bytes or date
	Typed       string // empty: unlimited
	Unit        string // of bytes
}

// Units are those to choose from.
func (limitField) Units() []unit { return units }

// limitFields returns fields for the limits that the ledger knows.
func limitFields(limits ledger.Properties[int64]) (fields []limitField) {
	for _, p := range ledger.WebspaceLimits.Properties {
		f := limitField{Name: p.Name, Label: p.Label, Type: p.Type.Name, Unit: "GB"}
		value, _ := limits.Get(p.Name)
		switch {
		case value < 0:
		case f.Type == "bytes":
			f.Typed, f.Unit = splitSize(value)
		case f.Type == "date":
			f.Typed = ledger.DateOf(time.Unix(value, 0).UTC()).String()
		default:
			f.Typed = strconv.FormatInt(value, 10)
		}
		fields = append(fields, f)
	}
	return fields
}

// typed returns the field as it was filled in.
func (f limitField) typed(values url.Values) limitField {
	if values.Has(f.Name) {
		f.Typed = strings.TrimSpace(values.Get(f.Name))
	}
	if unit := values.Get(f.Name + "-unit"); unit != "" {
		f.Unit = unit
	}
	return f
}

// isSame tells whether two fields stand for the same: without a number the unit
// means nothing.
func (f limitField) isSame(other limitField) bool {
	return f.Typed == other.Typed && (f.Unit == other.Unit || f.Typed == "")
}

// value returns the limit, -1 for unlimited.
func (f limitField) value() (int64, error) {
	if f.Typed == "" {
		return -1, nil
	}
	switch f.Type {
	case "bytes":
		bytes, err := joinSize(f.Typed, f.Unit)
		if err != nil {
			return 0, ledger.Errorf(ledger.ErrInvalid, "%s: %v.", f.Label, err)
		}
		return bytes, nil
	case "date":
		day, err := ledger.ParseDate(f.Typed)
		if err != nil {
			return 0, ledger.Errorf(ledger.ErrInvalid, "%s: “%s” is not a date such as 2026-01-31.", f.Label, f.Typed)
		}
		return day.Time().Unix(), nil
	}
	n, err := strconv.ParseInt(f.Typed, 10, 64)
	if err != nil || n < 0 {
		return 0, ledger.Errorf(ledger.ErrInvalid, "%s: “%s” is not a whole number. Leave it empty for unlimited.", f.Label, f.Typed)
	}
	return n, nil
}

// changedLimits returns the limits that were filled in otherwise than they were
// shown. Others are not set again: a limit of its own parts a subscription from
// its plan.
func (f form) changedLimits() (changed ledger.Properties[int64], err error) {
	for _, field := range limitFields(nil) {
		is := field.typed(f.Typed)
		if is.isSame(field.typed(f.Shown)) {
			continue
		}
		n, err := is.value()
		if err != nil {
			return nil, err
		}
		changed = append(changed, ledger.Property[int64]{Name: is.Name, Value: n})
	}
	return changed, nil
}

// overuses are what may happen past a limit.
var overuses = []choice{
	{"block", "Suspend"},
	{"normal", "Allow"},
	{"notify", "Allow and notify"},
	{"not_suspend", "Give no more, but do not suspend"},
	{"not_suspend_notify", "Give no more and notify, but do not suspend"},
}

// limitWords returns a limit as people read it.
func (v *visit) limitWords(kind string, value int64) string {
	switch {
	case value < 0 && kind == "date":
		return "none"
	case value < 0:
		return "unlimited"
	case kind == "bytes":
		return v.reader.Bytes(uint64(value))
	case kind == "date":
		return v.reader.Date(ledger.DateOf(time.Unix(value, 0).UTC()))
	}
	return v.reader.Count(uint64(value))
}
