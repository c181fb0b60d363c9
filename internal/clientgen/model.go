package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/internal/protocol"
)

// model is what there is to write.
type model struct {
	operators []*protocol.Operator
	requests  []*request
	structs   map[string]*structure // by name
	err       error
}

// request is the type of an operation.
type request struct {
	structure
	operation *protocol.Operation
	answer    string // the type of a result
	many      bool   // there may be any number of results
}

// structure is a struct type.
type structure struct {
	name, what, about string
	isResult          bool     // it embeds Result
	resultOf          []string // the operations of which it is
	fields            []field
	operators         []string // that use it
	isSent            bool     // it is part of requests
}

// field is an element in a struct type.
type field struct {
	name, element string
	typ           string // of one such element
	occurs        occurrence
	about         string
	heading       string // what is said of this field and those that follow, such as that they exclude one another
	isLast        bool   // of those
}

// occurrence is how often an element is there.
type occurrence int

const (
	once occurrence = iota
	optional
	repeated
)

func read(root fs.FS) (*model, error) {
	operators, _, err := protocol.Read(root)
	m := &model{operators: operators, structs: map[string]*structure{}, err: err}
	for _, operator := range operators {
		for _, o := range operator.Operations {
			m.add(o)
		}
	}
	return m, m.err
}

func (m *model) fail(err error) { m.err = cmp.Or(m.err, err) }

// add takes in an operation.
func (m *model) add(o *protocol.Operation) {
	r := &request{operation: o}
	r.name, r.about = goName(o.Operator)+goName(o.Name), o.About
	u := use{m: m, operator: o.Operator, isSent: true}
	r.fields = u.fields(r.name, o.Request)
	u.isSent = false
	r.answer, r.many = u.result(r.name, o.Response)
	if s := m.structs[r.answer]; s != nil {
		s.resultOf = append(s.resultOf, "["+r.name+"]")
	}
	m.requests = append(m.requests, r)
}

// use is where elements are used.
type use struct {
	m        *model
	operator string
	isSent   bool
}

// result returns the type of the results in an answer, and whether there may
// be any number of them. Where an answer is that to one of several actions,
// there are results for each.
func (u use) result(operation string, answer *protocol.Particle) (typ string, many bool) {
	var found []*protocol.Particle
	collectResults(answer, &found)
	if len(found) == 0 {
		u.m.fail(errorf(operation, answer.Name, "there is no result in it"))
		return "", false
	}
	most := slices.MaxFunc(found, func(a, b *protocol.Particle) int { return len(elements(a)) - len(elements(b)) })
	if most.Extends == "" && most.Complex == "resultType" || most.Complex == "resultFilterType" {
		return "Result", most.Max != 1
	}
	name := typeName(most.Complex)
	if most.Complex == "" {
		name = typeName(answer.Complex)
	}
	if name = cmp.Or(name, operation+"Result"); shortened[name] != "" {
		name = shortened[name]
	}
	s := u.structure(name, "", most)
	if s.isResult = true; len(s.fields) == 0 {
		delete(u.m.structs, s.name)
		return "Result", most.Max != 1
	}
	return s.name, most.Max != 1
}

func collectResults(p *protocol.Particle, to *[]*protocol.Particle) {
	for _, part := range p.Inside() {
		if part.Name == "result" {
			*to = append(*to, part)
		} else {
			collectResults(part, to)
		}
	}
}

// elements returns the elements in p, not those within these.
func elements(p *protocol.Particle) (all []*protocol.Particle) {
	for _, part := range p.Inside() {
		if part.Kind == "element" {
			all = append(all, part)
		} else {
			all = append(all, elements(part)...)
		}
	}
	return all
}

// structure returns the type of an element that holds others.
func (u use) structure(name, what string, p *protocol.Particle) *structure {
	s := &structure{name: name, what: what, about: strings.Join(p.Notes, " "), fields: u.fields(name, p)}
	there := u.m.structs[name]
	switch {
	case there == nil:
		u.m.structs[name], there = s, s
	case !reflect.DeepEqual(there.fields, s.fields):
		u.m.fail(fmt.Errorf("%s is the name of two types", name))
	}
	if !slices.Contains(there.operators, u.operator) {
		there.operators = append(there.operators, u.operator)
	}
	there.isSent = there.isSent || u.isSent
	return there
}

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
	if shorter := shortened[name]; shorter != "" {
		name = shorter
	}
	return l.structure(name, fmt.Sprintf("the element %s of [%s]", p.Name, l.owner), p)
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
