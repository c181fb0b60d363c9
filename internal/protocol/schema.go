package protocol

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi/schemas"
)

// node is an element of a schema file.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []*node    `xml:",any"`
}

func (n *node) kind() string { return n.XMLName.Local }

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child of a kind, or nil.
func (n *node) child(kind string) *node {
	for _, c := range n.Children {
		if c.kind() == kind {
			return c
		}
	}
	return nil
}

// documentation returns the text of the annotation, on one line.
func (n *node) documentation() string {
	if a := n.child("annotation"); a != nil && a.child("documentation") != nil {
		return strings.Join(strings.Fields(a.child("documentation").Text), " ")
	}
	return ""
}

// constructs are those of XML Schema that this program understands, each with
// its attributes.
var constructs = map[string][]string{
	"schema":         {"xs", "elementFormDefault"},
	"annotation":     {},
	"documentation":  {},
	"include":        {"schemaLocation"},
	"element":        {"name", "type", "minOccurs", "maxOccurs", "nillable"},
	"attribute":      {"name", "type"},
	"complexType":    {"name"},
	"complexContent": {},
	"extension":      {"base"},
	"sequence":       {"minOccurs", "maxOccurs"},
	"choice":         {"minOccurs", "maxOccurs"},
	"all":            {},
	"any":            {"minOccurs", "maxOccurs", "namespace", "processContents"},
	"group":          {"name", "ref"},
	"simpleType":     {"name"},
	"restriction":    {"base"},
	"union":          {"memberTypes"},
	"enumeration":    {"value"},
	"length":         {"value"},
	"minLength":      {"value"},
	"maxLength":      {"value"},
	"minInclusive":   {"value"},
	"maxInclusive":   {"value"},
	"pattern":        {"value"},
	"whiteSpace":     {"value"},
}

// schema is what a schema file and those that it includes define, by name. The
// first error is kept in err, and what is read after it has no meaning.
type schema struct {
	types  map[string]*node
	groups map[string]*node
	packet *node             // the declaration of the root element
	about  map[string]string // by type: the documentation of the file that defines it
	files  []string
	open   []string // the types that are being read
	err    error
}

func newSchema() *schema {
	return &schema{types: map[string]*node{}, groups: map[string]*node{}, about: map[string]string{}}
}

func readSchema(file string) (*schema, error) {
	s := newSchema()
	s.include(file)
	if s.packet == nil {
		s.fail("%s: it declares no element", file)
	}
	return s, s.err
}

func (s *schema) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

func (s *schema) include(file string) {
	if slices.Contains(s.files, file) {
		return
	}
	s.files = append(s.files, file)
	content, err := schemas.FS.ReadFile(file)
	if err != nil {
		s.fail("%w", err)
		return
	}
	s.define(file, content)
}

// define takes in what a schema file defines.
func (s *schema) define(file string, content []byte) {
	var root node
	if err := xml.Unmarshal(content, &root); err != nil {
		s.fail("%s: %w", file, err)
		return
	}
	s.check(file, &root)
	for _, n := range root.Children {
		switch n.kind() {
		case "annotation":
		case "include":
			s.include(n.attr("schemaLocation"))
		case "element":
			s.packet = n
		case "group":
			s.groups[n.attr("name")] = n
		case "complexType", "simpleType":
			s.types[n.attr("name")] = n
			s.about[n.attr("name")] = root.documentation()
		default:
			s.fail("%s: %s does not belong here", file, n.kind())
		}
	}
}

// check fails on constructs and attributes that this program does not know.
func (s *schema) check(file string, n *node) {
	attributes, known := constructs[n.kind()]
	if !known {
		s.fail("%s: internal/protocol does not know the construct %s", file, n.kind())
	}
	for _, a := range n.Attrs {
		if !slices.Contains(attributes, a.Name.Local) {
			s.fail("%s: internal/protocol does not know the attribute %s of %s", file, a.Name.Local, n.kind())
		}
	}
	for _, c := range n.Children {
		s.check(file, c)
	}
}

// typeOf returns the definition of a type.
func (s *schema) typeOf(name string) *node {
	if s.types[name] == nil {
		s.fail("type %s is not defined", name)
		return &node{}
	}
	return s.types[name]
}
