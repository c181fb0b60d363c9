package main

import (
	"io/fs"

	"github.com/hostledger/hostledger/internal/protocol"
)

// operator is what a page tells.
type operator struct {
	*protocol.Operator
	operations []*operation
}

// operation is what a section of a page tells.
type operation struct {
	*protocol.Operation
	example  example
	refusals []*refusal
}

// written is what this program writes.
type written struct {
	pages    map[string]string // by the name of their files
	examples string            // for the console of the control panel
}

func write(root fs.FS) (w written, err error) {
	read, codes, err := protocol.Read(root)
	if err != nil {
		return w, err
	}
	operators, err := withRecordings(root, read)
	if err != nil {
		return w, err
	}
	w.pages = map[string]string{
		"README.md": indexPage(operators),
		"roles.md":  rolesPage(operators),
		"errors.md": errorsPage(codes, operators),
	}
	for _, o := range operators {
		w.pages[o.Name+".md"] = o.page()
	}
	w.examples, err = consoleExamples(operators)
	return w, err
}

// withRecordings adds what the golden packets tell of operators.
func withRecordings(root fs.FS, read []*protocol.Operator) (all []*operator, err error) {
	for _, r := range read {
		o := &operator{Operator: r}
		for _, registered := range r.Operations {
			operation := &operation{Operation: registered}
			recordings, err := recordings(root, registered.Operation)
			if err != nil {
				return nil, err
			}
			if operation.example, err = exampleOf(recordings, registered.Operation); err != nil {
				return nil, err
			}
			if operation.refusals, err = refusals(recordings, registered.Operation); err != nil {
				return nil, err
			}
			o.operations = append(o.operations, operation)
		}
		all = append(all, o)
	}
	return all, nil
}
