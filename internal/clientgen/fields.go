package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/internal/protocol"
)

// ofResult are the elements that every Result has.
var ofResult = []string{"status", "errcode", "errtext", "filter-id"}

// fields returns the fields for the elements in p.
func (u use) fields(owner string, p *protocol.Particle) []field {
	l := list{use: u, owner: owner, isResult: p.Name == "result"}
	if p.Content != nil {
		l.add(p.Content, false)
	}
	return l.fields
}

// list is the fields of a type, as they come together.
type list struct {
	use
	owner    string
	isResult bool
	fields   []field
}

// add adds what p consists of. All of it may be absent if p itself may be.
func (l *list) add(p *protocol.Particle, mayBeAbsent bool) {
	mayBeAbsent = mayBeAbsent || p.Min == 0
	switch {
	case p.Kind == "element":
		l.addElement(p, mayBeAbsent)
		return
	case p.Kind != "choice" && p.Max != 1:
		l.m.fail(errorf(l.owner, p.Parts[0].Name, "it is in a sequence that is repeated"))
	}
	first := len(l.fields)
	for _, part := range p.Parts {
		l.add(part, mayBeAbsent || p.Kind == "choice")
	}
	if p.Kind == "choice" && p.Max == 1 && len(l.fields) > first+1 {
		l.fields[first].heading = heading(p)
		l.fields[len(l.fields)-1].isLast = true
	}
}

// heading says how the parts of a choice exclude one another.
func heading(p *protocol.Particle) string {
	var names []string
	isPlain := true
	for _, part := range p.Parts {
		var together []string
		for _, e := range elements(&protocol.Particle{Parts: []*protocol.Particle{part}}) {
			together = append(together, goName(e.Name))
		}
		isPlain = isPlain && len(together) == 1
		names = append(names, protocol.Join(together, " and "))
	}
	if isPlain {
		return "One of these:"
	}
	return "Either " + strings.Join(names, ", or ") + ":"
}

func (l *list) addElement(p *protocol.Particle, mayBeAbsent bool) {
	if l.isResult && slices.Contains(ofResult, p.Name) {
		return
	}
	f := field{name: goName(p.Name), element: p.Name, about: about(p)}
	if special, ok := fieldNames[l.owner+"."+p.Name]; ok {
		f.name = special
	}
	switch {
	case p.Max != 1, slices.Contains(lists, l.owner+"."+p.Name):
		f.occurs = repeated
	case mayBeAbsent:
		f.occurs = optional
	}
	l.setType(&f, p)
	if l.isResult && f.name == "ID" && f.typ == "int64" {
		return // Result has it
	}
	if i := slices.IndexFunc(l.fields, func(o field) bool { return o.name == f.name }); i >= 0 {
		if l.fields[i].element != f.element || l.fields[i].typ != f.typ {
			l.m.fail(errorf(l.owner, p.Name, "there are two fields of the name %s", f.name))
		}
		return
	}
	l.fields = append(l.fields, f)
}

func (l *list) setType(f *field, p *protocol.Particle) {
	isFlag := p.Empty || p.Base == anyType && f.occurs == optional && !slices.Contains(contents, p.Name)
	switch {
	case isFlag && f.occurs != repeated:
		f.typ = "Flag"
	case p.Content != nil:
		f.typ = l.within(f, p).name
	case p.Base == anyType || slices.Contains(texts, p.TypeName):
		f.typ = "string"
	case simple[p.Base] != "":
		f.typ = simple[p.Base]
	default:
		l.m.fail(errorf(l.owner, p.Name, "no Go type stands for %s", cmp.Or(p.Base, "it")))
	}
}

// within returns the type of an element that holds others.
func (l *list) within(f *field, p *protocol.Particle) *structure {
	if p.Complex != "" {
		return l.structure(typeName(p.Complex), "the protocol's "+p.Complex, p)
	}
	name := l.owner + f.name
	return l.structure(cmp.Or(shortened[name], name), fmt.Sprintf("the element %s of [%s]", p.Name, l.owner), p)
}

// about returns what the comment behind a field says: what the schema says
// about the element, or its values if they are words to choose from.
func about(p *protocol.Particle) string {
	if p.Content != nil {
		return ""
	}
	words := p.Notes
	_, values, named := strings.Cut(p.Text, ": ")
	if p.TypeName == "" {
		values, named = p.Text, true
	}
	if named && p.Base == "xs:string" && strings.Contains(values, " or ") {
		words = append([]string{values}, words...)
	}
	return strings.Join(words, ". ")
}
