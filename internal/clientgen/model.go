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
	name := cmp.Or(typeName(most.Complex), typeName(answer.Complex), operation+"Result")
	name = cmp.Or(shortened[name], name)
	if len(u.fields(name, most)) == 0 {
		return "Result", most.Max != 1
	}
	s := u.structure(name, "", most)
	s.isResult = true
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
