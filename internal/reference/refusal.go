package main

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

// refusal is an error that an operation answers with.
type refusal struct {
	code, text string
	shape      string
	when       []string // the names of the cases
}

// refusals returns the errors of an operation by code. Those that differ only
// in what they repeat of the request are one, with the first text.
func refusals(all []recorded, o *xmlapi.Operation) (found []*refusal, err error) {
	for _, r := range all {
		refused, err := r.refused(o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		for _, e := range refused {
			shape := r.shape(e)
			i := slices.IndexFunc(found, func(f *refusal) bool { return f.shape == shape })
			if i < 0 {
				found = append(found, &refusal{e.Code, e.Text, shape, []string{r.when()}})
			} else if !slices.Contains(found[i].when, r.when()) {
				found[i].when = append(found[i].when, r.when())
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *refusal) int { return compareCodes(a.code, b.code) })
	return found, nil
}

// refused returns the errors of an operation, and that of the packet if it was
// not valid.
func (r recorded) refused(o *xmlapi.Operation) (all []result, err error) {
	var p packet
	answers, _, err := r.answers(o)
	if err := errors.Join(err, xml.Unmarshal([]byte(r.response), &p)); err != nil {
		return nil, err
	}
	if p.System.Code == invalidRequest {
		all = append(all, p.System)
	}
	for _, a := range answers {
		for _, e := range a.Results {
			if e.Status != "ok" {
				all = append(all, e)
			}
		}
	}
	return all, nil
}

// invalidRequest is the one code of packets refused as a whole that is about
// the operation, and not about the caller or the protocol's version.
var invalidRequest = fmt.Sprint(int(xmlapi.CodeInvalidRequest))

// shape is an error without what it repeats of the request.
func (r recorded) shape(e result) string {
	const shortest = 3 // of values that do not occur in a text by chance
	text := quotation.ReplaceAllString(e.Text, "")
	for _, value := range valueText.FindAllStringSubmatch(r.request, -1) {
		if len(value[1]) >= shortest {
			text = strings.ReplaceAll(text, value[1], "")
		}
	}
	return e.Code + number.ReplaceAllString(text, "")
}

var (
	quotation = regexp.MustCompile(`"[^"]*"|'[^']*'|\( .* \)`)
	valueText = regexp.MustCompile(`>([^<>]+)</`)
	number    = regexp.MustCompile(`-?[0-9]+`)
)

func compareCodes(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) }

func (r recorded) when() string {
	if r.login == "" {
		return r.name
	}
	return r.name + " (as " + r.login + ")"
}
