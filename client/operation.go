package client

import (
	"context"
	"encoding/xml"
	"errors"
)

// Operation is a request of one operation, whose answer is an R: a result, or
// a slice of results where a filter may select any number of objects.
//
// The types of this package named after an operator and an operation, such as
// [WebspaceAdd], are such requests. For operations that this package does not
// know, define a struct with the elements that the server expects, by the tags
// of encoding/xml, and a method Spec.
type Operation[R any] interface {
	Spec() Spec[R]
}

// Spec says which operation a request is for, and what it answers. It is made by
// [One] or [Many].
type Spec[R any] struct {
	operator, name string
	into           func(*R) results
}

// failer is a type of results: one that embeds [Result].
type failer interface{ Err() error }

// One is for operations that answer with one result, of type T.
func One[T failer](operator, name string) Spec[T] {
	return Spec[T]{operator, name, func(to *T) results { return one[T]{to} }}
}

// Many is for operations that answer with a result for each object that their
// filter selects, each of type T.
func Many[T failer](operator, name string) Spec[[]T] {
	return Spec[[]T]{operator, name, func(to *[]T) results { return many[T]{to} }}
}

// results is where the results of an operation go.
type results interface {
	// reset forgets those of an answer before.
	reset()
	decode(d *xml.Decoder, result *xml.StartElement) error
	// errs returns the errors of all results, nil for those that have none.
	errs() []error
	// isComplete tells whether there may be that many.
	isComplete(number int) bool
}

type one[T failer] struct{ to *T }

func (o one[T]) reset()                   { *o.to = *new(T) }
func (o one[T]) errs() []error            { return []error{(*o.to).Err()} }
func (one[T]) isComplete(number int) bool { return number == 1 }
func (o one[T]) decode(d *xml.Decoder, result *xml.StartElement) error {
	return d.DecodeElement(o.to, result)
}

type many[T failer] struct{ to *[]T }

func (m many[T]) reset()            { *m.to = nil }
func (many[T]) isComplete(int) bool { return true }

func (m many[T]) decode(d *xml.Decoder, result *xml.StartElement) error {
	*m.to = append(*m.to, *new(T))
	return d.DecodeElement(&(*m.to)[len(*m.to)-1], result)
}

func (m many[T]) errs() (all []error) {
	for _, result := range *m.to {
		all = append(all, result.Err())
	}
	return all
}

// Do sends an operation in a packet of its own and returns its answer.
//
// The error is nil only if everything went well. When results tell of errors,
// the answer is there all the same, and the error consists of theirs: [errors.As]
// finds an *[Error], and [errors.Is] tells whether one of a [Code] is among them.
func Do[R any](ctx context.Context, c *Client, operation Operation[R]) (R, error) {
	var p Packet
	answer := Add(&p, operation)
	err := c.Send(ctx, &p)
	return *answer, err
}

// Result is what every result of an operation says, whatever else is in it. A
// filter that selects nothing, such as a blank one on an empty server, may be
// answered by a result without an error and without an ID.
type Result struct {
	Status   string `xml:"status"`
	Code     Code   `xml:"errcode,omitempty"`
	Text     string `xml:"errtext,omitempty"`
	FilterID string `xml:"filter-id,omitempty"` // the value of the filter that selected the object
	ID       int64  `xml:"id,omitempty"`        // of the object; 0 when there is none
}

// Err returns the *[Error] with which the operation was refused, or nil.
func (r Result) Err() error {
	if r.Status == "ok" {
		return nil
	}
	return &Error{Code: r.Code, Text: r.Text, FilterID: r.FilterID}
}

// join returns errors that are not nil as one.
func join(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
