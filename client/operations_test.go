package client_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/protocol"
	"github.com/hostledger/hostledger/xmlapi"
)

// testedOperation is a type of requests with that of its answers.
type testedOperation struct {
	operator, name string
	request        func(node string) (string, error) // decodes a request and encodes it again
	answer         func(node string) (string, error) // an answer likewise
}

// tested is called by operators_all_test.go for every type of requests.
func tested[R any](operator, name string, operation client.Operation[R]) testedOperation {
	return testedOperation{
		operator: operator, name: name,
		request: func(node string) (string, error) {
			return again(node, name, reflect.New(reflect.TypeOf(operation)).Interface())
		},
		answer: func(node string) (string, error) {
			return again(node, name, &struct {
				Results R `xml:"result"`
			}{})
		},
	}
}

func again(node, name string, to any) (string, error) {
	if err := xml.Unmarshal([]byte(node), to); err != nil {
		return "", err
	}
	var b strings.Builder
	err := xml.NewEncoder(&b).EncodeElement(to, xml.StartElement{Name: xml.Name{Local: name}})
	return b.String(), err
}

func TestEveryOperationHasAType(t *testing.T) {
	var registered, typed []string
	for _, o := range xmlapi.Operations() {
		registered = append(registered, o.Operator+"/"+o.Name)
	}
	for _, o := range allOperations {
		typed = append(typed, o.operator+"/"+o.name)
	}
	if diff := cmp.Diff(registered, typed); diff != "" {
		t.Errorf("operations (-registered +with a type):\n%s", diff)
	}
}

// Every request and answer that is recorded of an operation comes out of its
// types as it went in.
func TestTypesKeepAll(t *testing.T) {
	operators, _, err := protocol.Read(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	requests, err := filepath.Glob("../xmlapi/testdata/golden/*/*.request.xml")
	if err != nil || len(requests) < 1000 {
		t.Fatalf("there are %d recorded requests, %v", len(requests), err)
	}
	for _, file := range requests {
		request := readPacket(t, file)
		answer := readPacket(t, strings.TrimSuffix(file, ".request.xml")+".response.xml")
		isValid := len(answer.Children) != 1 || answer.Children[0].XMLName.Local != "system"
		if !isValid || strings.Contains(file, "zone_suffix") { // dates of a zone, which ledger.Date has not
			continue
		}
		checkNodes(t, file, operators, request, false)
		checkNodes(t, file, operators, answer, true)
	}
}

func checkNodes(t *testing.T, file string, operators []*protocol.Operator, packet *element, isAnswer bool) {
	t.Helper()
	for _, operator := range packet.Children {
		for _, node := range operator.Children {
			schema, tested := find(operators, currentName(operator.XMLName.Local), node.XMLName.Local)
			if schema == nil {
				continue // request-settings
			}
			p, encode := schema.Request, tested.request
			if isAnswer {
				p, encode = schema.Response, tested.answer
				node = withResults(node)
			}
			encoded, err := encode(node.String())
			if err != nil {
				t.Errorf("%s: %s/%s: %v", file, operator.XMLName.Local, node.XMLName.Local, err)
				continue
			}
			var got element
			if err := xml.Unmarshal([]byte(encoded), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(node.canonical(p, isAnswer), got.canonical(p, isAnswer)); diff != "" {
				t.Errorf("%s: %s/%s (-recorded +encoded again):\n%s", file, operator.XMLName.Local, node.XMLName.Local, diff)
			}
		}
	}
}

// currentName is an operator's name of today.
func currentName(name string) string {
	older := map[string]string{"client": "customer", "domain": "webspace", "domain_alias": "site-alias", "domain_template": "service-plan"}
	if current, ok := older[name]; ok {
		return current
	}
	return name
}

func find(operators []*protocol.Operator, operator, name string) (*protocol.Operation, testedOperation) {
	for _, o := range operators {
		for _, operation := range o.Operations {
			if o.Name == operator && operation.Name == name {
				i := slices.IndexFunc(allOperations, func(t testedOperation) bool { return t.operator == operator && t.name == name })
				return operation, allOperations[i]
			}
		}
	}
	return nil, testedOperation{}
}

// element is an element of a packet.
type element struct {
	XMLName  xml.Name
	Text     string     `xml:",chardata"`
	Children []*element `xml:",any"`
}

func readPacket(t *testing.T, file string) *element {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var packet element
	if err := xml.Unmarshal(content, &packet); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return &packet
}

// withResults returns an answer with its results alone, those that are an
// action's (db-servers) too.
func withResults(answer *element) *element {
	results := &element{XMLName: answer.XMLName}
	for _, c := range answer.Children {
		if c.XMLName.Local == "result" {
			results.Children = append(results.Children, c)
		} else {
			results.Children = append(results.Children, withResults(c).Children...)
		}
	}
	return results
}

func (e *element) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<%s>", e.XMLName.Local)
	if len(e.Children) == 0 {
		_ = xml.EscapeText(&b, []byte(strings.TrimSpace(e.Text)))
	}
	for _, c := range e.Children {
		b.WriteString(c.String())
	}
	fmt.Fprintf(&b, "</%s>", e.XMLName.Local)
	return b.String()
}

// canonical writes an element so that those that mean the same are the same:
// with the numbers and truth values of one form, sorted where the schema knows
// no order, and, in an answer, without text that is empty and ids that are none.
func (e *element) canonical(p *protocol.Particle, isAnswer bool) string {
	name := e.XMLName.Local
	if p.Content == nil {
		return "<" + name + ">" + canonicalText(p, e.Text) + "</>"
	}
	var inside []string
	for _, c := range e.Children {
		part := partNamed(p.Content, c.XMLName.Local)
		text := c.canonical(part, isAnswer)
		if isAnswer && part.Content == nil && !part.Empty && (strings.Contains(text, "></>") || text == "<id>0</>") {
			continue
		}
		inside = append(inside, text)
	}
	if isAnswer || hasNoOrder(p.Content) {
		slices.Sort(inside)
	}
	return "<" + name + ">\n" + strings.Join(inside, "\n") + "\n</>"
}

func canonicalText(p *protocol.Particle, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch p.Base {
	case "xs:anyType":
		if !slices.Contains([]string{"default-value", "external-id", "id", "name", "value"}, p.Name) {
			return "" // it is only there
		}
	case "xs:boolean":
		truth, _ := strconv.ParseBool(text)
		return strconv.FormatBool(truth)
	case "xs:integer", "xs:long", "xs:positiveInteger", "xs:unsignedInt", "xs:unsignedLong":
		if p.TypeName != "statTtl" {
			number, _ := strconv.ParseFloat(text, 64)
			return fmt.Sprint(number + 0) // -0 is 0
		}
	case "xs:dateTime":
		var t client.Time
		_ = t.UnmarshalText([]byte(text))
		return t.UTC().String()
	case "xs:double":
		number, _ := strconv.ParseFloat(text, 64)
		return fmt.Sprint(number)
	}
	return text
}

// hasNoOrder tells whether the parts of p may stand in any order.
func hasNoOrder(p *protocol.Particle) bool {
	return p.Kind == "all" || p.Kind == "choice" && p.Max != 1
}

// partNamed returns the element of a name in p.
func partNamed(p *protocol.Particle, name string) *protocol.Particle {
	for _, part := range p.Parts {
		if part.Kind == "element" && part.Name == name {
			return part
		}
		if part.Kind != "element" {
			if found := partNamed(part, name); found != nil {
				return found
			}
		}
	}
	if name == "result" { // of an action: the last tells most
		for _, part := range slices.Backward(p.Parts) {
			if found := partNamed(part.Content, name); found != nil {
				return found
			}
		}
	}
	return nil
}
