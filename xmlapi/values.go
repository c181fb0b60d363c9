package xmlapi

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/hostledger/hostledger/ledger"
)

// leaf consumes the element name and returns its text, valid until the next
// call. Elements in it, and attributes, are violations.
func (r *Reader) leaf(name string) (text []byte, ok bool) {
	if r.fastLeaf(name) {
		return r.text, true
	}
	empty, ok := r.enterLeaf(name)
	if !ok {
		return nil, false
	}
	r.text = r.text[:0]
	switch {
	case r.fatal != nil:
	case empty:
		r.closeElement()
	case r.content("type definition is simple", true):
		r.consumeEnd()
	}
	r.expected = r.expected[:0]
	return r.text, r.ok()
}

// enterLeaf consumes the start tag of the element name and tells whether it is
// an empty-element tag.
func (r *Reader) enterLeaf(name string) (empty, ok bool) {
	if r.enterFast(name) {
		return false, true
	}
	if !r.require(name) {
		return false, false
	}
	r.checkAttributes(name)
	if !r.ok() {
		return false, false
	}
	empty = r.tag.empty
	r.consumeTag(name)
	return empty, true
}

// content reads the text of the innermost element up to its end tag, and
// returns false when that is not reached. Elements in it are a violation, for
// the reason given; so is text when there must be none.
func (r *Reader) content(reason string, mayHaveText bool) bool {
	for r.fatal == nil {
		r.readText()
		switch {
		case r.fatal != nil:
			return false
		case !mayHaveText && len(collapse(r.text)) > 0:
			r.violateIn(r.innermost(), "Character content is not allowed, because the content type is empty.")
			return false
		case r.hasPrefix("</"):
			return true
		case r.hasPrefix("<!--"):
			r.skipComment()
		case r.hasPrefix("<?"):
			r.skipInstruction()
		case r.hasPrefix("<!"):
			r.malformed()
		default:
			r.violateIn(r.innermost(), "Element content is not allowed, because the %s.", reason)
			return false
		}
	}
	return false
}

// local is the name of a type that the schema has for one element only, and
// leaves without a name.
const local = ""

func (r *Reader) wrongValue(typeName string, text []byte) {
	kind := "atomic type '" + typeName + "'"
	if typeName == local {
		kind = "local atomic type"
	}
	r.violateIn(r.closed, "'%s' is not a valid value of the %s.", text, kind)
}

// integer reads an element that holds an integer of 64 bits.
func (r *Reader) integer(name, typeName string, least int64) int64 {
	if n, ok := r.fastInteger(name, least); ok {
		return n
	}
	text, ok := r.leaf(name)
	if !ok {
		return 0
	}
	n, err := parseInteger(trimSpace(text))
	if err != nil || n < least {
		r.wrongValue(typeName, text)
	}
	return n
}

// parseInteger accepts what XML Schema's integer types do: an optional sign
// and digits.
func parseInteger(text []byte) (int64, error) {
	if n, size := leadingDigits(text); size > 0 && size == len(text) && size <= mostDigits {
		return n, nil
	}
	return strconv.ParseInt(string(text), 10, 64)
}

// mostDigits is how many digits are sure to fit in 64 bits.
const mostDigits = 18

// leadingDigits returns the number that the text begins with, and its digits:
// it looks at one more than mostDigits, with which the number may be wrong.
func leadingDigits(text []byte) (n int64, size int) {
	for _, c := range text[:min(mostDigits+1, len(text))] {
		if c -= '0'; c > 9 {
			break
		}
		n = n*10 + int64(c)
		size++
	}
	return n, size
}

const anyInteger = -1 << 63

// Int reads an element of type int: an integer of 64 bits.
func (r *Reader) Int(name string) int64 { return r.integer(name, "int", anyInteger) }

// ID reads an element of type id_type: an integer from 1 up.
func (r *Reader) ID(name string) int64 { return r.integer(name, "id_type", 1) }

// Long reads an element of type long: an integer of 64 bits.
func (r *Reader) Long(name string) int64 { return r.integer(name, "long", anyInteger) }

// Counter reads a traffic counter: a long, where an empty element means 0, as
// in the documentation's own sample.
func (r *Reader) Counter(name string) int64 {
	if n, ok := r.fastInteger(name, anyInteger); ok {
		return n
	}
	text, ok := r.leaf(name)
	trimmed := trimSpace(text)
	if !ok || len(trimmed) == 0 {
		return 0
	}
	n, err := parseInteger(trimmed)
	if err != nil {
		r.wrongValue("long", text)
	}
	return n
}

// Date reads an element of type date: a civil date of the years 0001 to 9999.
// A zone, which xs:date allows, is dropped.
func (r *Reader) Date(name string) ledger.Date {
	if d, ok := r.fastDate(name); ok {
		return d
	}
	text, ok := r.leaf(name)
	if !ok {
		return 0
	}
	d, err := ledger.ParseDate(string(cutZone(trimSpace(text))))
	if err != nil {
		r.wrongValue("date", text)
	}
	return d
}

// cutZone cuts Z or an offset of the form +hh:mm, at most 14 hours, from a date.
func cutZone(text []byte) []byte {
	if rest, ok := bytes.CutSuffix(text, []byte("Z")); ok {
		return rest
	}
	n := len(text) - len("+00:00")
	if n < 0 || text[n] != '+' && text[n] != '-' || text[n+3] != ':' {
		return text
	}
	hours, err1 := strconv.ParseUint(string(text[n+1:n+3]), 10, 8)
	minutes, err2 := strconv.ParseUint(string(text[n+4:]), 10, 8)
	if err1 != nil || err2 != nil || minutes > 59 || hours > 14 || hours == 14 && minutes > 0 {
		return text
	}
	return text[:n]
}

// InRange reads an integer from least to most, of a type that the schema has
// for this element only.
func (r *Reader) InRange(name string, least, most int64) int64 {
	text, ok := r.leaf(name)
	if !ok {
		return 0
	}
	n, err := parseInteger(trimSpace(text))
	switch {
	case err != nil:
		r.wrongValue(local, text)
	case n < least:
		r.violateIn(r.closed, "[facet 'minInclusive'] The value '%s' is less than the minimum value allowed ('%d').", text, least)
	case n > most:
		r.violateIn(r.closed, "[facet 'maxInclusive'] The value '%s' is greater than the maximum value allowed ('%d').", text, most)
	}
	return n
}

// Bool reads an element of type boolean: true, false, 1 or 0.
func (r *Reader) Bool(name string) bool { return r.boolean(name, "boolean") }

func (r *Reader) boolean(name, typeName string) bool {
	text, ok := r.leaf(name)
	if !ok {
		return false
	}
	switch string(trimSpace(text)) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	r.wrongValue(typeName, text)
	return false
}

// dateTimePattern is the shape of a date and time of the schema, with its
// offset from UTC.
var dateTimePattern = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$`)

// DateTime reads an element of type datetime: an instant of the years 0001 to
// 9999, of UTC when it has no offset. Hour 24 and other years, which xs:dateTime
// allows, are refused.
func (r *Reader) DateTime(name string) (t time.Time) {
	text, ok := r.leaf(name)
	if !ok {
		return t
	}
	value, layout := string(trimSpace(text)), "2006-01-02T15:04:05"
	shape := dateTimePattern.FindStringSubmatch(value)
	if shape != nil && shape[1] != "" {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, value)
	if shape == nil || err != nil || t.Year() < 1 {
		r.wrongValue("datetime", text)
	}
	return t
}

// Double reads an element of type double, kept as it was written.
func (r *Reader) Double(name string) string {
	text, ok := r.leaf(name)
	if !ok {
		return ""
	}
	value := string(trimSpace(text))
	switch value {
	case "INF", "-INF", "NaN":
		return value
	}
	if _, err := strconv.ParseFloat(value, 64); err != nil || bytes.ContainsAny(text, "xXpP_iInN") {
		r.wrongValue("double", text)
	}
	return value
}

// String reads an element of type string: white space is collapsed.
func (r *Reader) String(name string) string {
	if s, ok := r.fastString(name); ok {
		return s
	}
	text, _ := r.leaf(name)
	return string(collapse(text))
}

// Password reads an element that holds a password: only the white space around
// it is dropped, because an HTTP header cannot carry that.
func (r *Reader) Password(name string) string { return r.Lines(name) }

// Lines reads an element whose line breaks count: only the white space around
// its text is dropped.
func (r *Reader) Lines(name string) string {
	text, _ := r.leaf(name)
	return string(trimSpace(text))
}

// Enum reads an element whose text, white space collapsed, is one of values.
func (r *Reader) Enum(name string, values ...string) string {
	text, ok := r.leaf(name)
	return r.oneOfValues(string(collapse(text)), ok, values)
}

// ExactEnum reads an element whose text, white space included, is one of
// values: the schema derives booleanWithDefault that way.
func (r *Reader) ExactEnum(name string, values ...string) string {
	text, ok := r.leaf(name)
	return r.oneOfValues(string(text), ok, values)
}

func (r *Reader) oneOfValues(value string, ok bool, values []string) string {
	if ok && !slices.Contains(values, value) {
		r.violateIn(r.closed, "[facet 'enumeration'] The value '%s' is not an element of the set {'%s'}.",
			value, strings.Join(values, "', '"))
	}
	return value
}

// Bounded reads a string of least to most characters.
func (r *Reader) Bounded(name string, least, most int) string {
	text, ok := r.leaf(name)
	return r.bounded(string(collapse(text)), ok, least, most)
}

func (r *Reader) bounded(value string, ok bool, least, most int) string {
	switch n := utf8.RuneCountInString(value); {
	case !ok:
	case n < least:
		r.violateIn(r.closed, "[facet 'minLength'] The value has a length of '%d'; this underruns the allowed minimum length of '%d'.", n, least)
	case n > most:
		r.violateIn(r.closed, "[facet 'maxLength'] The value has a length of '%d'; this exceeds the allowed maximum length of '%d'.", n, most)
	}
	return value
}

// Email reads an element of type emailType.
func (r *Reader) Email(name string) string {
	text, ok := r.leaf(name)
	value := r.bounded(string(collapse(text)), ok, 3, 255)
	if r.ok() && !emailPattern().MatchString(value) {
		r.violateIn(r.closed, "[facet 'pattern'] The value '%s' is not accepted by the pattern '%s'.", value, emailFacet)
	}
	return value
}

const emailFacet = `[\-\+\p{L}\p{N}\._]*@([\p{L}\p{N}][\-\p{L}\p{N}]*\.)*[\p{L}\p{N}][\-\p{L}\p{N}]*\.?`

// emailPattern is made when it is first needed: its classes of characters take
// longer than all else that is made at the start of the program.
var emailPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:` + emailFacet + `)$`) })

// Empty reads an element of type NoneType, which has no content. White space
// in it, which libxml2 refuses, is let through.
func (r *Reader) Empty(name string) {
	if r.Enter(name) {
		r.noContent()
		r.Leave()
	}
}

// noContent makes sure that the element entered last has no content.
func (r *Reader) noContent() {
	if !r.ok() || r.justEmpty {
		return
	}
	r.text = r.text[:0]
	r.content("content type is empty", false)
}

// Any reads an element of any content, which is checked for well-formedness
// only.
func (r *Reader) Any(name string) {
	if r.require(name) {
		empty := r.tag.empty
		r.consumeTag(name)
		r.justEmpty = empty
		r.anyContent()
		r.Leave()
	}
}

// anyContent skips the content of the element entered last.
func (r *Reader) anyContent() {
	depth := len(r.open)
	for r.ok() && !r.justEmpty && r.nextTag(true) == startTag {
		r.walkInto(string(r.tagName()))
		r.walk(depth)
	}
}

// optional reads an element that may be missing, then nil.
func optional[T any](r *Reader, name string, read func(string) T) *T {
	if !r.Next(name) {
		return nil
	}
	value := read(name)
	return &value
}

// OptString reads an optional element of type string.
func (r *Reader) OptString(name string) *string { return optional(r, name, r.String) }

// OptInt reads an optional element of type int.
func (r *Reader) OptInt(name string) *int64 { return optional(r, name, r.Int) }

// OptBool reads an optional element of type boolean.
func (r *Reader) OptBool(name string) *bool { return optional(r, name, r.Bool) }
