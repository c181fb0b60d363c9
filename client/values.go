package client

import (
	"encoding/xml"
	"time"
)

// Flag is an element that says all by being there.
type Flag bool

// MarshalXML writes the empty element. It is not called for false.
func (Flag) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement("", start)
}

// UnmarshalXML reads an element, whatever is in it.
func (f *Flag) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	*f = true
	return d.Skip()
}

// Time is an instant. One that is read without an offset is of UTC.
type Time struct{ time.Time }

// UnmarshalText reads a date and time of ISO 8601, with or without an offset.
func (t *Time) UnmarshalText(text []byte) (err error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05"} {
		if t.Time, err = time.Parse(layout, string(text)); err == nil {
			return nil
		}
	}
	return err
}
