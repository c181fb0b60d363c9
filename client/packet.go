package client

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// Packet is any number of operations that are sent together. The server runs
// them one after the other, in the order in which they were added; one that is
// refused does not keep it from running those that follow. The zero Packet is
// empty and ready to use.
type Packet struct{ nodes []*node }

// node is an operation in a packet.
type node struct {
	operator, name string
	request        any
	results        results
}

// Add adds an operation to a packet. The answer is there once the packet was
// sent.
func Add[R any](p *Packet, operation Operation[R]) *R {
	spec, answer := operation.Spec(), new(R)
	p.nodes = append(p.nodes, &node{spec.operator, spec.name, operation, spec.into(answer)})
	return answer
}

// Send sends a packet and reads the answers of its operations, unless it is
// empty. The error is as that of [Do], about all operations of the packet.
func (c *Client) Send(ctx context.Context, p *Packet) error {
	if err := c.send(ctx, p); err != nil {
		return err
	}
	var errs []error
	for _, n := range p.nodes {
		for _, err := range n.results.errs() {
			var refused *Error
			if errors.As(err, &refused) {
				refused.Operator, refused.Operation = n.operator, n.name
			}
			if err != nil {
				errs = append(errs, err)
			}
		}
	}
	return join(errs)
}

// send is Send, but its error is about the packet as a whole only.
func (c *Client) send(ctx context.Context, p *Packet) error {
	if len(p.nodes) == 0 {
		return nil
	}
	packet, err := p.encode(c.Version)
	if err != nil {
		return err
	}
	answer, err := c.exchange(ctx, packet, p.isRepeatable())
	if err != nil {
		return err
	}
	return p.decode(answer, c.Version)
}

// encode writes the packet. Neighbours of one operator share its element.
func (p *Packet) encode(version string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("<packet")
	if version != "" {
		b.WriteString(` version="`)
		_ = xml.EscapeText(&b, []byte(version)) // a buffer takes everything
		b.WriteByte('"')
	}
	b.WriteByte('>')
	e := xml.NewEncoder(&b)
	for i, n := range p.nodes {
		if n.isBlank() && !isRead(n.operator, n.name) {
			return nil, fmt.Errorf("%s/%s: the filter is blank and would select everything; set All if that is meant, or send the packet by Call", n.operator, n.name)
		}
		operator := xml.StartElement{Name: xml.Name{Local: wireName(n.operator, version)}}
		var err error
		if i == 0 || p.nodes[i-1].operator != n.operator {
			err = e.EncodeToken(operator)
		}
		err = errors.Join(err, e.EncodeElement(n.request, xml.StartElement{Name: xml.Name{Local: n.name}}))
		if i == len(p.nodes)-1 || p.nodes[i+1].operator != n.operator {
			err = errors.Join(err, e.EncodeToken(operator.End()))
		}
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", n.operator, n.name, err)
		}
	}
	err := e.Close()
	b.WriteString("</packet>")
	return b.Bytes(), err
}

// isBlank tells whether a request has a filter with nothing in it.
func (n *node) isBlank() bool {
	request := reflect.Indirect(reflect.ValueOf(n.request))
	if request.Kind() != reflect.Struct {
		return false
	}
	filter := request.FieldByName("Filter")
	if filter.Kind() != reflect.Struct {
		return false
	}
	for i := range filter.NumField() {
		value := filter.Field(i)
		if value.Kind() == reflect.Slice && value.Len() > 0 || value.Kind() != reflect.Slice && !value.IsZero() {
			return false
		}
	}
	return true
}

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
