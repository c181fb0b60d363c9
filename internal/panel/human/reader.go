// Package human writes dates, times, numbers, bytes and money as a reader of
// the panel is used to them. Words are English, as all of the panel's text is;
// what depends on the locale are names of months, separators, the order of
// things and symbols of currencies.
package human

import (
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Reader is somebody who reads: with a locale and a time zone. It is cheap to
// make and safe for concurrent use.
type Reader struct {
	locale string
	style  style
	zone   *time.Location

	printer        *message.Printer
	group, decimal string // what separates thousands, and a fraction
}

// NewReader returns a reader with a locale of ledger's, such as de-DE, and a
// time zone. An unknown locale stands for en-US, a nil zone for UTC.
func NewReader(locale string, zone *time.Location) Reader {
	if _, known := styles[locale]; !known {
		locale = fallback
	}
	if zone == nil {
		zone = time.UTC
	}
	r := Reader{locale: locale, style: styles[locale], zone: zone}
	r.printer = message.NewPrinter(numbersOf(locale))
	r.group, r.decimal = separators(r.printer)
	return r
}

// Locale returns the locale as a language tag (BCP 47), fit for a lang
// attribute.
func (r Reader) Locale() string { return r.locale }

// Zone returns the name of the reader's time zone.
func (r Reader) Zone() string { return r.zone.String() }

// numbersOf returns the language to write numbers in. Digits are the European
// ones everywhere, because the panel's words beside them are English.
func numbersOf(locale string) language.Tag {
	return language.Make(locale + "-u-nu-latn")
}

// separators finds out how a printer separates by what it does to a number.
func separators(p *message.Printer) (group, decimal string) {
	sample := p.Sprint(number.Decimal(1_000_000.5))
	group, _, _ = strings.Cut(strings.TrimPrefix(sample, "1"), "0")
	decimal = strings.TrimSuffix(sample[strings.LastIndex(sample, "0")+1:], "5")
	return group, decimal
}

// isolated keeps the order of a text that is read from the right, whatever
// stands around it.
func (r Reader) isolated(s string) string {
	const rightToLeftIsolate, popDirectionalIsolate = "\u2067", "\u2069"
	if !r.style.rightToLeft || s == "" {
		return s
	}
	return rightToLeftIsolate + s + popDirectionalIsolate
}
