package client

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"reflect"
)

// Packet is any number of operations that are sent together. The server runs
// them one after the other, in the order in which they were added; one that is
// refused does not keep it from running those that follow. The zero Packet is
// empty and ready to use; it is for one goroutine at a time.
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
