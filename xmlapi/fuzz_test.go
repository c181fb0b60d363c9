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
	"testing/iotest"

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

// nobody may call nothing, so that its packets are read and change nothing.
var nobody = ledger.Identity{Login: "nobody"}

// FuzzReader: whatever is posted, the server neither panics nor answers
// anything but one well-formed packet, however the bytes arrive, and takes for
// well-formed only what encoding/xml does too.
func FuzzReader(f *testing.F) {
	seedPackets(f)
	for _, content := range contents {
		f.Add([]byte(`<packet><x>` + content + `</x></packet>`))
	}
	for _, document := range []string{
		"\xFF\xFE<\x00p\x00a\x00c\x00k\x00e\x00t\x00/\x00>\x00", "\xFE\xFF\x00<\x00p\x00/\x00>", "\xEF\xBB\xBF<packet/>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><packet><\xE4/></packet>",
	} {
		f.Add([]byte(document))
	}
	api := openAPI(f)
	f.Fuzz(func(t *testing.T, packet []byte) { checkReader(t, api, packet) })
}

func checkReader(t *testing.T, api *xmlapi.API, packet []byte) {
	whole := answer(t, api, nobody, bytes.NewReader(packet))
	rootOf(t, whole)
	for name, body := range map[string]io.Reader{
		"byte by byte":           iotest.OneByteReader(bytes.NewReader(packet)),
		"in sevens":              &chunks{packet, 7},
		"with the end at once":   iotest.DataErrReader(bytes.NewReader(packet)),
		"with reads of no bytes": &hesitant{Reader: bytes.NewReader(packet)},
	} {
		if got := answer(t, api, nobody, body); got != whole {
			t.Fatalf("%s the answer is\n%s\nand at once\n%s", name, got, whole)
		}
	}
	if len(packet) > 0 && packet[0] < 0x80 {
		padded := append(bytes.Repeat([]byte(" "), 9000), packet...)
		if got := answer(t, api, nobody, &chunks{padded, 1000}); int64(len(padded)) < fuzzLimits.Bytes && got != whole {
			t.Fatalf("behind white space the answer is\n%s\nwithout\n%s", got, whole)
		}
		packet = padded
	}
	for _, cut := range []int{len(packet) / 2, len(packet) - len(packet)/10, max(len(packet)-1, 0)} {
		if got := answer(t, api, nobody, broken(packet[:cut])); !isRefused(got) {
			t.Fatalf("a packet that broke off is answered with\n%s", got)
		}
	}
	if isTaken(whole) {
		checkEncodingXMLTakesIt(t, packet)
	}
}

// broken is a packet whose sender goes away.
func broken(packet []byte) io.Reader {
	return io.MultiReader(bytes.NewReader(packet), iotest.ErrReader(errors.New("connection reset")))
}

// isRefused tells whether an answer refuses the whole packet.
func isRefused(answer string) bool { return strings.Contains(answer, "<system>") }

// isTaken tells whether the server took the packet for well-formed.
func isTaken(answer string) bool {
	return !isRefused(answer) || strings.Contains(answer, "Parser error: Request is invalid. ")
}

// checkEncodingXMLTakesIt asks encoding/xml about a packet that the server
// took. Left out is what encoding/xml does not do: other encodings, other
// versions than 1.0, the names of XML's fifth edition, and white space before
// the declaration, which the server forgives.
func checkEncodingXMLTakesIt(t *testing.T, packet []byte) {
	t.Helper()
	document := strings.TrimLeft(strings.TrimPrefix(string(packet), "\ufeff"), " \t\r\n")
	lower := strings.ToLower(document)
	if strings.HasPrefix(document, "\xFF\xFE") || strings.HasPrefix(document, "\xFE\xFF") ||
		strings.HasPrefix(document, "<?xml") && (strings.Contains(lower, "encoding") || !strings.Contains(lower, "1.0")) {
		return
	}
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) && (strings.Contains(syntax.Msg, "name") || strings.Contains(syntax.Msg, "expected target")) {
			return
		}
		if err != nil {
			t.Fatalf("the server takes %q for well-formed, encoding/xml says: %v", packet, err)
		}
	}
}

// chunks gives a few bytes with each read.
type chunks struct {
	rest []byte
	size int
}

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.rest[:min(c.size, len(c.rest))])
	c.rest = c.rest[n:]
	return n, nil
}

// hesitant gives nothing with every other read.
type hesitant struct {
	io.Reader
	waits bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.waits = !h.waits; h.waits {
		return 0, nil
	}
	return h.Reader.Read(p)
}

// FuzzOperation: whatever an operation holds, the server answers with the same
// operators and operations in the same order, or refuses the packet, and never
// fails from within.
func FuzzOperation(f *testing.F) {
	operations := xmlapi.Operations()
	for i, operation := range operations {
		for _, request := range goldenRequests(f, goldenFolder(operation)) {
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

// seedPackets adds a packet for every operation, those of the documentation,
// and the invalid ones.
func seedPackets(f *testing.F) {
	for _, pattern := range []string{goldenDir + "/*/01_*" + requestSuffix, documentationDir + "/*" + requestSuffix, "testdata/invalid/webspace_*.xml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: found %d packets (%v)", pattern, len(files), err)
		}
		for _, file := range files {
			f.Add([]byte(readFile(f, file)))
		}
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
