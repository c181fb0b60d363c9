package xmlapi_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// fuzzLimits are small, so that inputs reach them.
var fuzzLimits = xmlapi.Limits{Bytes: 32 << 10, Depth: 12, Text: 4 << 10}

// openAPI returns an API over a ledger in memory, with the objects of the
// golden fixture. An internal error, which a client is not told about, fails
// the test.
func openAPI(t testing.TB) *xmlapi.API {
	t.Helper()
	s, err := server.Open(context.Background(), server.Options{
		AdminPassword: func() string { return "setup-Pa55word" },
		Log:           slog.New(slog.DiscardHandler),
		IPs:           []ledger.IPAddress{machine.Loopback},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.RunFixture(context.Background(), strings.NewReader(readFile(t, filepath.Join(goldenDir, "fixture.xml")))); err != nil {
		t.Fatal(err)
	}
	s.API.Limits = fuzzLimits
	return s.API
}

// answer returns the answer to a packet of who.
func answer(t testing.TB, api *xmlapi.API, who ledger.Identity, body io.Reader) string {
	t.Helper()
	var out bytes.Buffer
	failures := &strings.Builder{}
	logged := *api
	logged.Log = slog.New(slog.NewTextHandler(failures, &slog.HandlerOptions{Level: slog.LevelError}))
	err := logged.Answer(context.Background(), xmlapi.Request{
		Body:         body,
		Authenticate: func(context.Context) (ledger.Identity, error) { return who, nil },
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if failures.Len() > 0 {
		t.Fatalf("an operation failed from within: %s", failures)
	}
	return out.String()
}

// isRefused tells whether an answer refuses the whole packet.
func isRefused(answer string) bool { return strings.Contains(answer, "<system>") }

// nobody may call nothing, so that its packets are read and change nothing.
var nobody = ledger.Identity{Login: "nobody"}

// FuzzOperation: whatever an operation holds, the server answers with the same
// operators and operations in the same order, or refuses the packet, and never
// fails from within.
func FuzzOperation(f *testing.F) {
	operations := xmlapi.Operations()
	for i, operation := range operations {
		// One packet each: every try runs on a database, and the seeds come first.
		for _, request := range goldenRequests(f, goldenFolder(operation))[:1] {
			seedContents(f, readFile(f, request), operation, uint8(i))
		}
	}
	api := openAPI(f)
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		o := operations[int(which)%len(operations)]
		packet := fmt.Sprintf("<packet><%[1]s><%[2]s>%[3]s</%[2]s></%[1]s></packet>", o.Operator, o.Name, content)
		got := answer(t, api, server.Admin, strings.NewReader(packet))
		answered := rootOf(t, got)
		if isRefused(got) {
			return
		}
		if strings.Contains(got, "<errcode>1023</errcode><errtext>Operation failed.</errtext>") {
			t.Fatalf("%s failed:\n%s", packet, got)
		}
		if asked := rootOf(t, packet); asked.operations() != answered.operations() {
			t.Fatalf("asked for %s, answered %s\n%s", asked.operations(), answered.operations(), packet)
		}
	})
}

// seedContents adds the content of each of an operation's nodes in a packet.
func seedContents(f *testing.F, packet string, o *xmlapi.Operation, which uint8) {
	start, end := "<"+o.Name+">", "</"+o.Name+">"
	for {
		_, after, ok := strings.Cut(packet, start)
		content, rest, closed := strings.Cut(after, end)
		if !ok || !closed {
			return
		}
		f.Add(which, content)
		packet = rest
	}
}

// node is an element with the elements in it.
type node struct {
	XMLName xml.Name
	Nodes   []node `xml:",any"`
}

// rootOf reads a document and makes sure that it is one, with one root.
func rootOf(t testing.TB, document string) (root node) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	if err := d.Decode(&root); err != nil {
		t.Fatalf("%v in:\n%s", err, document)
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && isMisc(token) {
			continue
		}
		t.Fatalf("something follows the packet (%v):\n%s", err, document)
	}
	if root.XMLName.Local != "packet" {
		t.Fatalf("the root is %s:\n%s", root.XMLName.Local, document)
	}
	return root
}

// isMisc tells whether a token may stand behind the root element.
func isMisc(token xml.Token) bool {
	switch token := token.(type) {
	case xml.Comment, xml.ProcInst:
		return true
	case xml.CharData:
		return strings.TrimSpace(string(token)) == ""
	}
	return false
}

// operations returns the names of the operators with their operations.
func (n node) operations() string {
	var names []string
	for _, operator := range n.Nodes {
		if operator.XMLName.Local == "request-settings" {
			continue
		}
		for _, operation := range operator.Nodes {
			names = append(names, operator.XMLName.Local+"/"+operation.XMLName.Local)
		}
	}
	return strings.Join(names, " ")
}
