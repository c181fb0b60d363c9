package client

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// decode reads an answer, which has the operations in the packet's order.
func (p *Packet) decode(answer []byte, version string) error {
	for _, n := range p.nodes {
		n.results.reset()
	}
	r := reader{Decoder: xml.NewDecoder(bytes.NewReader(answer)), waiting: p.nodes, version: version}
	if err := r.packet(); err != nil {
		var refused *Error
		if errors.As(err, &refused) {
			return err
		}
		return fmt.Errorf("decoding the answer: %w", err)
	}
	if len(r.waiting) > 0 {
		answered := len(p.nodes) - len(r.waiting)
		return fmt.Errorf("the server answered %d of %d operations", answered, len(p.nodes))
	}
	return nil
}

// reader reads an answer.
type reader struct {
	*xml.Decoder
	waiting []*node // of which the answer is still to come
	version string
}

// packet reads the whole document.
func (r *reader) packet() error {
	start, err := r.child()
	for start == nil && err == nil { // what may stand before the root
		start, err = r.child()
	}
	if err != nil {
		return err
	}
	if start.Name.Local != "packet" {
		return fmt.Errorf("the element %s is no packet", start.Name.Local)
	}
	return r.children(func(operator *xml.StartElement) error {
		if operator.Name.Local == "system" {
			return r.refusal(operator)
		}
		return r.children(func(operation *xml.StartElement) error {
			return r.operation(operator.Name.Local, operation)
		})
	})
}

// refusal reads why the packet was refused as a whole.
func (r *reader) refusal(start *xml.StartElement) error {
	refused := &Error{}
	if err := r.DecodeElement(refused, start); err != nil {
		return err
	}
	return refused
}

// operation reads the answer of the operation that is next.
func (r *reader) operation(operator string, start *xml.StartElement) error {
	if len(r.waiting) == 0 {
		return fmt.Errorf("there is an answer of %s/%s too many", operator, start.Name.Local)
	}
	n := r.waiting[0]
	if operator != wireName(n.operator, r.version) || start.Name.Local != n.name {
		return fmt.Errorf("there is an answer of %s/%s instead of %s/%s", operator, start.Name.Local, n.operator, n.name)
	}
	number, err := r.results(n)
	if err != nil {
		return err
	}
	if !n.results.isComplete(number) {
		return fmt.Errorf("%s/%s has %d results, not one", n.operator, n.name, number)
	}
	r.waiting = r.waiting[1:]
	return nil
}

// results reads the results of an operation, those of an action within it
// (db-servers) too, and returns their number.
func (r *reader) results(n *node) (number int, err error) {
	err = r.children(func(start *xml.StartElement) error {
		if start.Name.Local == "result" {
			number++
			return n.results.decode(r.Decoder, start)
		}
		within, err := r.results(n)
		number += within
		return err
	})
	return number, err
}

// children calls a function for every element up to the end of the one that
// was begun; the function reads the element to its end.
func (r *reader) children(each func(*xml.StartElement) error) error {
	for {
		start, err := r.child()
		if err != nil || start == nil {
			return err
		}
		if err := each(start); err != nil {
			return err
		}
	}
}

// child returns the next element that begins, or nil where one ends.
func (r *reader) child() (*xml.StartElement, error) {
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			return &token, nil
		case xml.EndElement:
			return nil, nil
		}
	}
}

// refusalOf returns the error with which a whole packet was refused, or nil.
func refusalOf(answer []byte) error {
	var packet struct {
		System *Error `xml:"system"`
	}
	if err := xml.Unmarshal(answer, &packet); err != nil {
		return fmt.Errorf("decoding the answer: %w", err)
	}
	if packet.System == nil {
		return nil
	}
	return packet.System
}

// Check reads an answer and returns its first error, as *Error: of the packet
// or of any of its operations. It is nil when every status is ok.
func Check(answer io.Reader) error {
	d := xml.NewDecoder(answer)
	var status, text string
	var failed Error
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("decoding the answer: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			text = ""
		case xml.CharData:
			text += string(t)
		case xml.EndElement:
			switch t.Name.Local {
			case "status":
				status = text
			case "errcode":
				code, _ := strconv.Atoi(text)
				failed.Code = Code(code)
			case "errtext":
				failed.Text = text
			case "result", "system":
				if status == "error" {
					return &failed
				}
			}
		}
	}
}
