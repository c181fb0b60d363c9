package protocol

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

// Operator is what the repository tells of an operator.
type Operator struct {
	Name, About string
	Operations  []*Operation
	Types       map[string]SimpleType // by name, those of its operations
}

// Operation is what the repository tells of an operation.
type Operation struct {
	*xmlapi.Operation
	About             string // what follows its name in the comment above it
	Address           string // of its page in the protocol's documentation, if it has one
	Request, Response *Particle
}

// Code is an error code and what it stands for.
type Code struct {
	Name    string // of the constant in package xmlapi
	Number  int
	Meaning string
}

// Read reads the operators, in the order of the registry, and the codes of
// errors, in order, of the repository whose root is given.
func Read(root fs.FS) ([]*Operator, []Code, error) {
	s, err := openSources(root)
	if err != nil {
		return nil, nil, err
	}
	var all []*Operator
	operations := xmlapi.Operations()
	for len(operations) > 0 {
		name := operations[0].Operator
		end := slices.IndexFunc(operations, func(o *xmlapi.Operation) bool { return o.Operator != name })
		if end < 0 {
			end = len(operations)
		}
		o, err := s.operator(name, operations[:end])
		if err != nil {
			return nil, nil, err
		}
		all, operations = append(all, o), operations[end:]
	}
	return all, s.comments.codes, nil
}

// sources are those of what is told of operations, besides the registry.
type sources struct {
	comments            *comments
	requests, responses *schema
}

func openSources(root fs.FS) (*sources, error) {
	comments, commentsErr := readComments(root)
	requests, requestsErr := readSchema("packet_request.xsd")
	responses, responsesErr := readSchema("packet_response.xsd")
	return &sources{comments, requests, responses}, errors.Join(commentsErr, requestsErr, responsesErr)
}

func (s *sources) operator(name string, operations []*xmlapi.Operation) (*Operator, error) {
	requests, about := s.requests.operations(name)
	responses, _ := s.responses.operations(name)
	if err := s.schemaError(); err != nil {
		return nil, err
	}
	if _, after, ok := strings.Cut(about, ": "); ok {
		about = after // "Operator x, requests: what it is about."
	}
	all := &Operator{Name: name, About: about, Types: map[string]SimpleType{}}
	for _, registered := range operations {
		o := &Operation{Operation: registered, Request: requests[registered.Name], Response: responses[registered.Name]}
		if o.Request == nil || o.Response == nil {
			return nil, fmt.Errorf("the schemas lack %s/%s", name, o.Name)
		}
		s.requests.collectTypes(o.Request, all.Types)
		s.responses.collectTypes(o.Response, all.Types)
		var err error
		if o.About, o.Address, err = s.comments.of(o.Operation); err != nil {
			return nil, err
		}
		all.Operations = append(all.Operations, o)
	}
	return all, s.schemaError()
}

func (s *sources) schemaError() error { return errors.Join(s.requests.err, s.responses.err) }
