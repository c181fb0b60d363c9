package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// pretty writes a document with a line for each element, indented. Its elements
// hold either elements or text.
func pretty(document string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(document))
	var b strings.Builder
	var text string
	depth, isLeaf := 0, false // whether no element came since the last start tag
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if isLeaf {
				b.WriteString(">\n")
			}
			b.WriteString(strings.Repeat("  ", depth) + "<" + prefixed(token.Name))
			for _, a := range token.Attr {
				fmt.Fprintf(&b, ` %s="%s"`, prefixed(a.Name), escapeAttribute.Replace(a.Value))
			}
			depth, isLeaf, text = depth+1, true, ""
		case xml.CharData:
			text += strings.TrimSpace(string(token))
		case xml.EndElement:
			depth--
			end := "</" + prefixed(token.Name) + ">\n"
			switch {
			case !isLeaf:
				b.WriteString(strings.Repeat("  ", depth) + end)
			case text == "":
				b.WriteString("/>\n")
			default:
				b.WriteString(">" + escape.Replace(text) + end)
			}
			isLeaf = false
		}
	}
}

var (
	escape          = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

// prefixed returns a name as it is written: RawToken gives its prefix for the
// name space.
func prefixed(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
