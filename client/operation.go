package client

import (
	"context"
	"encoding/xml"

	"github.com/hostledger/hostledger/ledger"
)

// Result is what every result of an operation says, whatever else is in it. A
// filter that selects nothing, such as a blank one on an empty server, may be
// answered by a result without an error and without an ID.
type Result struct {
	Status   string `xml:"status"`
	Code     int    `xml:"errcode"`
	Text     string `xml:"errtext"`
	FilterID string `xml:"filter-id"` // the value of the filter that selected the object
	ID       int64  `xml:"id"`        // of the object; 0 when there is none
}

// Err returns the *[Error] with which the operation was refused, or nil.
func (r *Result) Err() error {
	if r.Status == "ok" {
		return nil
	}
	return &Error{Code: r.Code, Text: r.Text}
}

// filter writes a ledger.Filter the way the protocol does: an element for each
// value, none for every object that the caller may see.
type filter ledger.Filter

func (f filter) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, value := range f.Values {
		if err := e.EncodeElement(value, xml.StartElement{Name: xml.Name{Local: string(f.By)}}); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}

// exchange sends a request, by encoding/xml, and decodes its answer.
func (c *Client) exchange(ctx context.Context, request, answer any) error {
	packet, err := xml.Marshal(request)
	if err != nil {
		return err
	}
	return c.Call(ctx, packet, answer)
}
