package panel

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"time"
)

const (
	mostShown  = 1 << 20 // bytes of an answer
	mostListed = 20      // different errors
)

// answer is what the API says to a packet of the console. It is written to it,
// and keeps the beginning and what went wrong, however long the answer is.
type answer struct {
	Request   string // its name in the log
	Sent      uint64 // bytes of the packet
	Size      uint64 // bytes of the answer
	Took      time.Duration
	BrokenOff bool // an error came too late to be told in the answer
	Refused   bool // the packet as a whole
	Results   uint64
	Failed    uint64     // of the results
	Errors    []apiError // different ones, the first of them
	Unlisted  uint64     // errors that are not among these

	beginning []byte
	rest      []byte   // of a tag that has begun
	open      []string // elements
	code      string   // of the error that is being read
}

// apiError is an error of one or more results.
type apiError struct {
	Operation string // such as webspace/get; "" for a packet that was refused
	Code      string
	Text      string
	Times     uint64
}

// Write takes a piece of the answer.
func (a *answer) Write(piece []byte) (int, error) {
	a.Size += uint64(len(piece))
	a.beginning = append(a.beginning, piece[:min(len(piece), mostShown-len(a.beginning))]...)
	a.rest = append(a.rest, piece...)
	for {
		// The API escapes every > that does not end a tag.
		token, rest, ok := bytes.Cut(a.rest, []byte(">"))
		if !ok {
			return len(piece), nil
		}
		text, tag, _ := bytes.Cut(token, []byte("<"))
		a.read(string(text), string(tag))
		a.rest = rest
	}
}

// read takes a tag, and the text before it.
func (a *answer) read(text, tag string) {
	switch {
	case strings.HasPrefix(tag, "?"), strings.HasSuffix(tag, "/"):
	case strings.HasPrefix(tag, "/"):
		a.end(html.UnescapeString(text))
	default:
		name, _, _ := strings.Cut(tag, " ")
		a.open = append(a.open, name)
	}
}

// end takes the end of the element that was opened last, and its text.
func (a *answer) end(text string) {
	last := len(a.open) - 1
	if last > 0 && (a.open[last-1] == "result" || a.open[last-1] == "system") {
		a.told(a.open[last], text)
	}
	a.open = a.open[:max(last, 0)]
}

// told takes what a result says of itself: its status first and, if that is an
// error, code and text then.
func (a *answer) told(element, text string) {
	around := a.open[1 : len(a.open)-1]
	switch element {
	case "status":
		a.Results++
		if text == "error" {
			a.Failed++
		}
		a.Refused = around[0] == "system"
	case "errcode":
		a.code = text
	case "errtext":
		a.list(apiError{Operation: strings.Join(around[:len(around)-1], "/"), Code: a.code, Text: text})
	}
}

// list adds an error to those that are shown.
func (a *answer) list(e apiError) {
	same := func(other apiError) bool {
		return other.Operation == e.Operation && other.Code == e.Code && other.Text == e.Text
	}
	i := slices.IndexFunc(a.Errors, same)
	if i < 0 && len(a.Errors) == mostListed {
		a.Unlisted++
		return
	}
	if i < 0 {
		i, a.Errors = len(a.Errors), append(a.Errors, e)
	}
	a.Errors[i].Times++
}

// Text returns the answer, or its beginning.
func (a *answer) Text() string { return strings.ToValidUTF8(string(a.beginning), "") }

// IsCut tells whether Text is not all of it.
func (a *answer) IsCut() bool { return a.Size > uint64(len(a.beginning)) }

// Shown is how many bytes Text has.
func (a *answer) Shown() uint64 { return uint64(len(a.beginning)) }
