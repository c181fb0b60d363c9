package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

// operator is what a page tells.
type operator struct {
	name, about string
	operations  []*operation
	types       map[string]simpleType // by name
}

// operation is what a section of a page tells.
type operation struct {
	*xmlapi.Operation
	about, address    string
	request, response *particle
	example           example
	refusals          []*refusal
}

// written is what this program writes.
type written struct {
	pages    map[string]string // by the name of their files
	examples string            // for the console of the control panel
}

func write(root fs.FS) (w written, err error) {
	s, err := openSources(root)
	if err != nil {
		return w, err
	}
	operators, err := s.operators()
	if err != nil {
		return w, err
	}
	w.pages = map[string]string{
		"README.md": indexPage(operators),
		"roles.md":  rolesPage(operators),
		"errors.md": errorsPage(s.comments.meanings, operators),
	}
	for _, o := range operators {
		w.pages[o.name+".md"] = o.page()
	}
	w.examples, err = consoleExamples(operators)
	return w, err
}

// sources are those of the reference besides the registry.
type sources struct {
	root                fs.FS
	comments            *comments
	requests, responses *schema
}

func openSources(root fs.FS) (*sources, error) {
	comments, commentsErr := readComments(root)
	requests, requestsErr := readSchema("packet_request.xsd")
	responses, responsesErr := readSchema("packet_response.xsd")
	return &sources{root, comments, requests, responses}, errors.Join(commentsErr, requestsErr, responsesErr)
}

// operators reads all operators, in the order of the registry.
func (s *sources) operators() (all []*operator, err error) {
	operations := xmlapi.Operations()
	for len(operations) > 0 {
		name := operations[0].Operator
		end := slices.IndexFunc(operations, func(o *xmlapi.Operation) bool { return o.Operator != name })
		if end < 0 {
			end = len(operations)
		}
		o, err := s.operator(name, operations[:end])
		if err != nil {
			return nil, err
		}
		all, operations = append(all, o), operations[end:]
	}
	return all, nil
}

func (s *sources) operator(name string, operations []*xmlapi.Operation) (*operator, error) {
	requests, about := s.requests.operations(name)
	responses, _ := s.responses.operations(name)
	if err := s.schemaError(); err != nil {
		return nil, err
	}
	if _, after, ok := strings.Cut(about, ": "); ok {
		about = after // "Operator x, requests: what it is about."
	}
	all := &operator{name: name, about: prose(sentence(about)), types: map[string]simpleType{}}
	for _, registered := range operations {
		o := &operation{Operation: registered, request: requests[registered.Name], response: responses[registered.Name]}
		if o.request == nil || o.response == nil {
			return nil, fmt.Errorf("the schemas lack %s/%s", name, o.Name)
		}
		s.requests.collectTypes(o.request, all.types)
		s.responses.collectTypes(o.response, all.types)
		if err := s.tell(o); err != nil {
			return nil, err
		}
		all.operations = append(all.operations, o)
	}
	return all, s.schemaError()
}

func (s *sources) schemaError() error { return errors.Join(s.requests.err, s.responses.err) }

// tell adds what is told of an operation elsewhere than in the schemas.
func (s *sources) tell(o *operation) (err error) {
	if o.about, o.address, err = s.comments.of(o.Operation); err != nil {
		return err
	}
	recordings, err := recordings(s.root, o.Operation)
	if err != nil {
		return err
	}
	if o.example, err = exampleOf(recordings, o.Operation); err != nil {
		return err
	}
	o.refusals, err = refusals(recordings, o.Operation)
	return err
}
