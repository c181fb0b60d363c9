package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

// example is an operation and its answer, each in a packet of its own.
type example struct{ login, request, response string }

// exampleOf returns the first operation that succeeded and had something to
// tell, or else the first that succeeded.
func exampleOf(all []recorded, o *xmlapi.Operation) (best example, err error) {
	merit := 0
	for _, r := range all {
		answers, written, err := r.answers(o)
		if err != nil {
			return best, fmt.Errorf("%s: %w", r.name, err)
		}
		for i, a := range answers {
			if a.merit() <= merit {
				continue
			}
			if best, err = r.example(o, i, written[i]); err != nil || a.merit() == mostMerit {
				return best, err
			}
			merit = a.merit()
		}
	}
	if merit == 0 {
		return best, fmt.Errorf("%s: no golden packet shows the operation", goldenFolder(o))
	}
	return best, nil
}

const mostMerit = 3

// merit tells how good an example an answer is: one that tells something is
// better than one that only succeeded, and that than an error, which is all that
// some operations have.
func (a answer) merit() int {
	switch {
	case !a.succeeded():
		return 1
	case !a.tells():
		return 2
	}
	return mostMerit
}

func (a answer) succeeded() bool {
	failed := func(r result) bool { return r.Status != "ok" }
	return len(a.Results) > 0 && !slices.ContainsFunc(a.Results, failed)
}

// tells reports whether there is more in an answer than that it succeeded.
func (a answer) tells() bool { return len(a.Results[0].Details) > 0 }

// example returns the i-th of the operations in a packet, with its answer.
func (r recorded) example(o *xmlapi.Operation, i int, response string) (example, error) {
	requests, err := nodes(r.request, o)
	if err != nil {
		return example{}, fmt.Errorf("%s: %w", r.name, err)
	}
	if i >= len(requests) {
		return example{}, fmt.Errorf("%s: there are more answers than operations", r.name)
	}
	request, requestErr := pretty(alone(r.request, requests[i], o))
	response, responseErr := pretty(alone(r.response, response, o))
	return example{r.login, request, response}, errors.Join(requestErr, responseErr)
}

// alone puts an operation's element into a packet like the one it is from.
func alone(document, element string, o *xmlapi.Operation) string {
	_, packet, _ := strings.Cut(document, "<packet")
	attributes, _, _ := strings.Cut(packet, ">")
	return fmt.Sprintf("<packet%s><%s>%s</%s></packet>", attributes, o.Operator, element, o.Operator)
}
