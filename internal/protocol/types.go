package protocol

import (
	"cmp"
	"strings"
)

// emptyType is the protocol's type of elements whose presence says it all.
const emptyType = "NoneType"

// anyType is XML Schema's type of elements that may hold anything.
const anyType = "xs:anyType"

// builtin says in words what XML Schema's own types take.
var builtin = map[string]string{
	"xs:anySimpleType":      "any text",
	"xs:anyType":            "any content",
	"xs:anyURI":             "a URL",
	"xs:base64Binary":       "base64",
	"xs:boolean":            "true, false, 1 or 0",
	"xs:date":               "a date",
	"xs:dateTime":           "a date and time",
	"xs:decimal":            "a number",
	"xs:double":             "a number",
	"xs:integer":            "a whole number",
	"xs:long":               "a whole number from -9223372036854775808 to 9223372036854775807",
	"xs:nonNegativeInteger": "a whole number from 0 up",
	"xs:positiveInteger":    "a whole number from 1 up",
	"xs:short":              "a whole number from -32768 to 32767",
	"xs:string":             "text",
	"xs:unsignedInt":        "a whole number from 0 to 4294967295",
	"xs:unsignedLong":       "a whole number from 0 to 18446744073709551615",
	"xs:unsignedShort":      "a whole number from 0 to 65535",
}

// values says in words what a simple type takes.
func (s *schema) values(simpleType *node) string {
	if union := simpleType.child("union"); union != nil {
		either := strings.Fields(union.attr("memberTypes"))
		for _, c := range union.Children {
			either = append(either, s.values(c))
		}
		return Enumerate(either)
	}
	base, restriction := s.bases(simpleType)[0], simpleType.child("restriction")
	if s.err != nil {
		return ""
	}
	words, facets := cmp.Or(builtin[base], base), facets(restriction)
	switch {
	case facets == "":
		return words
	case restriction.child("enumeration") != nil, base == "xs:string":
		return facets
	default:
		return words + ": " + facets
	}
}

// base returns the type of XML Schema's own on which a simple type is based.
func (s *schema) base(simpleType *node) string {
	name := s.bases(simpleType)[0]
	if builtin[name] != "" || s.err != nil {
		return name
	}
	return s.base(s.typeOf(name))
}

// brief is what a tree says of a simple type: its name, with the values where
// they are few.
func brief(simpleType *node) string {
	name := simpleType.attr("name")
	if restriction := simpleType.child("restriction"); restriction != nil && restriction.child("pattern") == nil {
		if facets := facets(restriction); facets != "" && len(facets) <= 60 {
			return name + ": " + facets
		}
	}
	return name
}

// facets says in words how a restriction narrows its base.
func facets(restriction *node) string {
	value := map[string]string{}
	var words, values []string
	for _, c := range restriction.Children {
		value[c.kind()] = c.attr("value")
		if c.kind() == "enumeration" {
			values = append(values, c.attr("value"))
		}
	}
	if len(values) > 0 {
		words = append(words, Enumerate(values))
	}
	switch length := value["length"]; length {
	case "":
	case "0":
		words = append(words, "empty")
	default:
		words = append(words, length+" characters")
	}
	if least, most := value["minLength"], value["maxLength"]; least+most != "" {
		words = append(words, span(least, most)+" characters")
	}
	if least, most := value["minInclusive"], value["maxInclusive"]; least+most != "" {
		words = append(words, span(least, most))
	}
	if pattern := value["pattern"]; pattern != "" {
		words = append(words, "of the form `"+pattern+"`")
	}
	if value["whiteSpace"] == "preserve" {
		words = append(words, "white space is kept")
	}
	return strings.Join(words, ", ")
}

func span(least, most string) string {
	switch {
	case least == "":
		return "at most " + most
	case most == "":
		return "at least " + least
	}
	return least + " to " + most
}

// SimpleType is what the schemas tell of a type with a name: the values that it
// takes, in words, and what it says about itself.
type SimpleType struct{ Values, About string }

// collectTypes adds the simple types of the elements in p, and those on which
// they are based.
func (s *schema) collectTypes(p *Particle, to map[string]SimpleType) {
	s.collectType(p.TypeName, to)
	for _, part := range p.Inside() {
		s.collectTypes(part, to)
	}
}

func (s *schema) collectType(name string, to map[string]SimpleType) {
	n := s.types[name]
	if _, there := to[name]; n == nil || there {
		return
	}
	to[name] = SimpleType{s.values(n), n.documentation()}
	if s.err != nil {
		return
	}
	for _, base := range s.bases(n) {
		s.collectType(base, to)
	}
}

// bases returns the simple types on which a simple type is based.
func (s *schema) bases(simpleType *node) []string {
	if union := simpleType.child("union"); union != nil {
		return strings.Fields(union.attr("memberTypes"))
	}
	if restriction := simpleType.child("restriction"); restriction != nil {
		return []string{restriction.attr("base")}
	}
	s.fail("type %s is neither a restriction nor a union", simpleType.attr("name"))
	return []string{""}
}

// Enumerate joins words as prose does: a, b or c.
func Enumerate(words []string) string { return Join(words, " or ") }

// Join joins words by commas, the last by what it is told.
func Join(words []string, last string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + last + words[n]
}
