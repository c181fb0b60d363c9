package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hostledger/hostledger/internal/panel/examples"
)

// examplesFile is where the control panel finds the packets of its console,
// seen from the root of the repository.
const examplesFile = "internal/panel/examples/examples.json"

// consoleExamples writes the examples of the pages for the control panel, a line
// for each.
func consoleExamples(operators []*operator) (string, error) {
	var lines []string
	for _, o := range operators {
		for _, operation := range o.operations {
			line, err := operation.consoleExample()
			if err != nil {
				return "", err
			}
			lines = append(lines, line)
		}
	}
	return "[\n" + strings.Join(lines, ",\n") + "\n]\n", nil
}

func (o *operation) consoleExample() (string, error) {
	e := examples.Example{
		Operator: o.Operator, Operation: o.Name, Does: o.firstSentence(), Documentation: o.Address,
		Packet: placeholders.Replace(o.example.request),
	}
	for _, role := range o.Callers {
		e.Callers = append(e.Callers, role.String())
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(e)
	return strings.TrimSpace(line.String()), err
}

// placeholders stand for what everybody has to choose for himself.
var placeholders = strings.NewReplacer("setup-Pa55word", "CHANGE-this-1", "new-Pa55word", "CHANGE-this-1")
