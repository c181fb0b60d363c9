package main

import (
	"slices"
	"strconv"
)

// particle is what the schema calls so: an element, or several particles in a
// sequence, in a choice, or in any order ("all").
type particle struct {
	kind     string // as the schema calls it
	min, max int
	parts    []*particle // of a sequence, choice or "all"

	// Of an element:
	name     string
	typeName string    // of a simple type that has a name
	text     string    // what it takes, in words; empty if it has child elements
	notes    []string  // what the schema says about it
	content  *particle // its child elements
}

const unbounded = -1

// inside returns the particles that p consists of.
func (p *particle) inside() []*particle {
	if p.content != nil {
		return []*particle{p.content}
	}
	return p.parts
}

// operations returns the elements of an operator's operations, by name, and what
// the operator's file says about it.
func (s *schema) operations(operator string) (elements map[string]*particle, about string) {
	n := find(s.packet, operator)
	if n == nil {
		s.fail("the schema has no operator %s", operator)
		return nil, ""
	}
	elements = map[string]*particle{}
	if o := s.element(n); o.content != nil {
		for _, p := range o.content.parts {
			elements[p.name] = p
		}
	}
	return elements, s.about[n.attr("type")]
}

// find returns the element of a name in a definition.
func find(in *node, name string) *node {
	for _, n := range in.Children {
		if n.kind() == "element" && n.attr("name") == name {
			return n
		}
		if found := find(n, name); found != nil {
			return found
		}
	}
	return nil
}

func (s *schema) element(n *node) *particle {
	p := &particle{kind: "element", name: n.attr("name")}
	p.min, p.max = s.occurs(n)
	p.note(n.documentation())
	if n.attr("nillable") == "true" {
		p.note("May be marked as nil.")
	}
	named, complexType, simpleType := n.attr("type"), n.child("complexType"), n.child("simpleType")
	switch {
	case builtin[named] != "":
		p.text = builtin[named]
	case named != "":
		s.ofType(p, named)
	case complexType != nil:
		s.fill(p, complexType)
	case simpleType != nil:
		p.text = s.values(simpleType)
	default:
		p.text = builtin["xs:anyType"]
	}
	return p
}

func (p *particle) note(text string) {
	if text != "" {
		p.notes = append(p.notes, text)
	}
}

// ofType gives an element the content of a type.
func (s *schema) ofType(p *particle, name string) {
	switch n := s.typeOf(name); {
	case n.kind() == "simpleType":
		p.typeName, p.text = name, brief(n)
	case name == emptyType:
		p.text = "empty"
	case slices.Contains(s.open, name):
		s.fail("type %s contains itself", name)
	default:
		s.open = append(s.open, name)
		s.fill(p, n)
		s.open = s.open[:len(s.open)-1]
	}
}

// fill gives an element the content of a definition of a complex type.
func (s *schema) fill(p *particle, n *node) {
	all := &particle{kind: "sequence", min: 1, max: 1, parts: s.content(p, n)}
	all.simplify()
	switch {
	case len(all.parts) == 0:
		p.text = "empty"
	case len(all.parts) == 1 && all.parts[0].kind != "element":
		p.content = all.parts[0]
	default:
		p.content = all
	}
}

// content returns what the definition of an element's complex type consists of.
// A type that extends another one speaks for both.
func (s *schema) content(p *particle, n *node) (parts []*particle) {
	if base := n.attr("base"); base != "" {
		extended := &particle{}
		parts = s.content(extended, s.typeOf(base))
		if len(p.notes) == 0 {
			p.notes = extended.notes
		}
	}
	for _, c := range n.Children {
		switch c.kind() {
		case "annotation":
			p.note(n.documentation())
		case "complexContent", "extension":
			parts = append(parts, s.content(p, c)...)
		default:
			parts = append(parts, s.particle(p, c))
		}
	}
	return parts
}

// particle reads a particle of an element's content.
func (s *schema) particle(of *particle, n *node) *particle {
	switch n.kind() {
	case "element":
		return s.element(n)
	case "any":
		p := &particle{kind: "element", name: "(any element)", text: builtin["xs:anyType"]}
		p.min, p.max = s.occurs(n)
		return p
	case "group":
		return s.group(of, n)
	case "sequence", "choice", "all":
		p := &particle{kind: n.kind()}
		p.min, p.max = s.occurs(n)
		for _, c := range n.Children {
			p.parts = append(p.parts, s.particle(of, c))
		}
		return p
	}
	s.fail("%s: %s does not belong here", of.name, n.kind())
	return &particle{}
}

// group reads the group that a particle refers to.
func (s *schema) group(of *particle, n *node) *particle {
	g := s.groups[n.attr("ref")]
	if g == nil {
		s.fail("%s: group %s is not defined", of.name, n.attr("ref"))
		return &particle{}
	}
	of.note(g.documentation())
	return s.particle(of, g.Children[len(g.Children)-1])
}

func (s *schema) occurs(n *node) (least, most int) {
	return s.number(n, "minOccurs"), s.number(n, "maxOccurs")
}

func (s *schema) number(n *node, attribute string) int {
	switch value := n.attr(attribute); value {
	case "":
		return 1
	case "unbounded":
		return unbounded
	default:
		number, err := strconv.Atoi(value)
		if err != nil {
			s.fail("%s: %w", attribute, err)
		}
		return number
	}
}

// simplify takes away what makes no difference: a sequence within a sequence,
// a choice within a choice, and either of them around one part only. A choice
// of which a part may be absent may be absent itself.
func (p *particle) simplify() {
	var parts []*particle
	for _, part := range p.parts {
		part.simplify()
		part = part.only()
		if p.kind == "choice" && part.min == 0 {
			p.min, part.min = 0, 1
		}
		if part.melts(p) {
			parts = append(parts, part.parts...)
		} else {
			parts = append(parts, part)
		}
	}
	p.parts = parts
}

// only returns the only part of p, as often as it may be there in all, or p.
func (p *particle) only() *particle {
	if len(p.parts) != 1 {
		return p
	}
	only := p.parts[0]
	only.min *= p.min
	if only.max == unbounded || p.max == unbounded {
		only.max = unbounded
	} else {
		only.max *= p.max
	}
	return only
}

// melts tells whether the parts of p may as well stand in the particle around.
func (p *particle) melts(into *particle) bool {
	isRequired := func(part *particle) bool { return part.min > 0 }
	return p.kind == into.kind && p.max == 1 && (p.min == 1 || !slices.ContainsFunc(p.parts, isRequired))
}
