package protocol

import (
	"slices"
	"strconv"
)

// Particle is what the schema calls so: an element, or several particles in a
// sequence, in a choice, or in any order ("all").
type Particle struct {
	Kind     string // as the schema calls it
	Min, Max int
	Parts    []*Particle // of a sequence, choice or "all"

	// Of an element:
	Name     string
	TypeName string    // of its simple type, if that has a name
	Base     string    // the type of XML Schema's own that its simple type is in the end, the first of a union's
	Empty    bool      // it holds no text and no elements
	Text     string    // what it takes, in words; empty if it has child elements
	Notes    []string  // what the schema says about it
	Content  *Particle // its child elements
	Complex  string    // the name of the complex type, or of the group, that says so
	Extends  string    // the name of the type that this one extends
}

// Unbounded is the most of a particle that may be there any number of times.
const Unbounded = -1

// Inside returns the particles that p consists of.
func (p *Particle) Inside() []*Particle {
	if p.Content != nil {
		return []*Particle{p.Content}
	}
	return p.Parts
}

// operations returns the elements of an operator's operations, by name, and what
// the operator's file says about it.
func (s *schema) operations(operator string) (elements map[string]*Particle, about string) {
	n := find(s.packet, operator)
	if n == nil {
		s.fail("the schema has no operator %s", operator)
		return nil, ""
	}
	elements = map[string]*Particle{}
	if o := s.element(n); o.Content != nil {
		for _, p := range o.Content.Parts {
			elements[p.Name] = p
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

func (s *schema) element(n *node) *Particle {
	p := &Particle{Kind: "element", Name: n.attr("name")}
	p.Min, p.Max = s.occurs(n)
	p.note(n.documentation())
	if n.attr("nillable") == "true" {
		p.note("May be marked as nil.")
	}
	named, complexType, simpleType := n.attr("type"), n.child("complexType"), n.child("simpleType")
	switch {
	case builtin[named] != "":
		p.Base, p.Text = named, builtin[named]
	case named != "":
		s.ofType(p, named)
	case complexType != nil:
		if group := complexType.child("group"); group != nil && len(complexType.Children) == 1 {
			p.Complex = group.attr("ref")
		}
		s.fill(p, complexType)
	case simpleType != nil:
		p.Base, p.Text = s.base(simpleType), s.values(simpleType)
	default:
		p.Base, p.Text = anyType, builtin[anyType]
	}
	return p
}

func (p *Particle) note(text string) {
	if text != "" {
		p.Notes = append(p.Notes, text)
	}
}

// ofType gives an element the content of a type.
func (s *schema) ofType(p *Particle, name string) {
	switch n := s.typeOf(name); {
	case n.kind() == "simpleType":
		p.TypeName, p.Base, p.Text = name, s.base(n), brief(n)
	case name == emptyType:
		p.Empty, p.Text = true, "empty"
	case slices.Contains(s.open, name):
		s.fail("type %s contains itself", name)
	default:
		s.open = append(s.open, name)
		p.Complex = name
		s.fill(p, n)
		s.open = s.open[:len(s.open)-1]
	}
}

// fill gives an element the content of a definition of a complex type.
func (s *schema) fill(p *Particle, n *node) {
	all := &Particle{Kind: "sequence", Min: 1, Max: 1, Parts: s.content(p, n)}
	all.simplify()
	switch {
	case len(all.Parts) == 0:
		p.Empty, p.Text = true, "empty"
	case len(all.Parts) == 1 && all.Parts[0].Kind != "element":
		p.Content = all.Parts[0]
	default:
		p.Content = all
	}
}

// content returns what the definition of an element's complex type consists of.
// A type that extends another one speaks for both.
func (s *schema) content(p *Particle, n *node) (parts []*Particle) {
	if base := n.attr("base"); base != "" {
		extended := &Particle{}
		p.Extends = base
		parts = s.content(extended, s.typeOf(base))
		if len(p.Notes) == 0 {
			p.Notes = extended.Notes
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
func (s *schema) particle(of *Particle, n *node) *Particle {
	switch n.kind() {
	case "element":
		return s.element(n)
	case "any":
		p := &Particle{Kind: "element", Name: "(any element)", Base: anyType, Text: builtin[anyType]}
		p.Min, p.Max = s.occurs(n)
		return p
	case "group":
		return s.group(of, n)
	case "sequence", "choice", "all":
		p := &Particle{Kind: n.kind()}
		p.Min, p.Max = s.occurs(n)
		for _, c := range n.Children {
			p.Parts = append(p.Parts, s.particle(of, c))
		}
		return p
	}
	s.fail("%s: %s does not belong here", of.Name, n.kind())
	return &Particle{}
}

// group reads the group that a particle refers to.
func (s *schema) group(of *Particle, n *node) *Particle {
	g := s.groups[n.attr("ref")]
	if g == nil {
		s.fail("%s: group %s is not defined", of.Name, n.attr("ref"))
		return &Particle{}
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
		return Unbounded
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
func (p *Particle) simplify() {
	var parts []*Particle
	for _, part := range p.Parts {
		part.simplify()
		part = part.only()
		if p.Kind == "choice" && part.Min == 0 {
			p.Min, part.Min = 0, 1
		}
		if part.melts(p) {
			parts = append(parts, part.Parts...)
		} else {
			parts = append(parts, part)
		}
	}
	p.Parts = parts
}

// only returns the only part of p, as often as it may be there in all, or p.
func (p *Particle) only() *Particle {
	if len(p.Parts) != 1 {
		return p
	}
	only := p.Parts[0]
	only.Min *= p.Min
	if only.Max == Unbounded || p.Max == Unbounded {
		only.Max = Unbounded
	} else {
		only.Max *= p.Max
	}
	return only
}

// melts tells whether the parts of p may as well stand in the particle around.
func (p *Particle) melts(into *Particle) bool {
	isRequired := func(part *Particle) bool { return part.Min > 0 }
	return p.Kind == into.Kind && p.Max == 1 && (p.Min == 1 || !slices.ContainsFunc(p.Parts, isRequired))
}
