// Package examples holds a packet for every operation of the XML API, which the
// console of the control panel offers. They are written by internal/reference
// (make docs), from the packets that docs/reference shows.
package examples

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Example is a packet that calls one operation.
type Example struct {
	Operator      string   `json:"operator"`
	Operation     string   `json:"operation"`
	Does          string   `json:"does"`                    // follows the operation's name in a sentence
	Callers       []string `json:"callers"`                 // roles that may call it
	Documentation string   `json:"documentation,omitempty"` // address of the protocol's page about it
	Packet        string   `json:"packet"`
}

//go:embed examples.json
var file []byte

// All returns the examples in the order of the registry.
func All() (all []Example) {
	if err := json.Unmarshal(file, &all); err != nil {
		panic(err) // it can only be wrong in the program itself
	}
	return all
}

// Name returns operator and operation, such as webspace/set_traffic.
func (e Example) Name() string { return e.Operator + "/" + e.Operation }

// Reference returns where docs/reference tells of the operation.
func (e Example) Reference() string { return "docs/reference/" + e.Operator + ".md#" + e.Operation }

// MayBeCalledBy tells whether a role may call the operation at all.
func (e Example) MayBeCalledBy(role ledger.Role) bool {
	return slices.Contains(e.Callers, role.String())
}

// IsDestructive tells whether the operation takes something away.
func (e Example) IsDestructive() bool {
	words := strings.FieldsFunc(e.Operation, func(c rune) bool { return c == '-' || c == '_' })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.Contains([]string{"del", "delete", "remove", "terminate", "convert"}, word)
	})
}
