// Package fuzz_test fuzzes and times the reader of packets by itself. It lies
// apart from package xmlapi because the tests there link a database, whose
// instrumented code would make every try a hundred times slower.
package fuzz_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

const testdata = "../../xmlapi/testdata"

// limits are small, so that inputs reach them.
var limits = xmlapi.Limits{Bytes: 32 << 10, Depth: 12, Text: 4 << 10}

// nobody may call nothing, so that its packets are read and change nothing.
var nobody = ledger.Identity{Login: "nobody"}

// api reads packets and has no ledger to run them on.
var api = &xmlapi.API{Limits: limits, Ledger: ledger.New(nil, ledger.Options{Now: time.Now, Random: rand.Reader})}

func answer(t testing.TB, body io.Reader) string {
	t.Helper()
	var out bytes.Buffer
	err := api.Answer(context.Background(), xmlapi.Request{
		Body:         body,
		Authenticate: func(context.Context) (ledger.Identity, error) { return nobody, nil },
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// isRefused tells whether an answer refuses the whole packet.
func isRefused(answer string) bool { return strings.Contains(answer, "<system>") }

// FuzzReader: whatever is posted, the server neither panics nor answers
// anything but one well-formed packet, however the bytes arrive, and takes for
// well-formed only what encoding/xml does too.
func FuzzReader(f *testing.F) {
	seedPackets(f)
	for _, document := range []string{
		"\xFF\xFE<\x00p\x00a\x00c\x00k\x00e\x00t\x00/\x00>\x00", "\xFE\xFF\x00<\x00p\x00/\x00>", "\xEF\xBB\xBF<packet/>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><packet><\xE4/></packet>",
	} {
		f.Add([]byte(document))
	}
	f.Fuzz(func(t *testing.T, packet []byte) { checkReader(t, packet) })
}

func checkReader(t *testing.T, packet []byte) {
	whole := answer(t, bytes.NewReader(packet))
	checkOneDocument(t, whole)
	for name, body := range map[string]io.Reader{
		"byte by byte":           iotest.OneByteReader(bytes.NewReader(packet)),
		"in sevens":              &chunks{packet, 7},
		"with the end at once":   iotest.DataErrReader(bytes.NewReader(packet)),
		"with reads of no bytes": &hesitant{Reader: bytes.NewReader(packet)},
	} {
		if got := answer(t, body); got != whole {
			t.Fatalf("%s the answer is\n%s\nand at once\n%s", name, got, whole)
		}
	}
	if len(packet) > 0 && packet[0] < 0x80 {
		padded := append(bytes.Repeat([]byte(" "), 9000), packet...)
		if got := answer(t, &chunks{padded, 1000}); int64(len(padded)) < limits.Bytes && got != whole {
			t.Fatalf("behind white space the answer is\n%s\nwithout\n%s", got, whole)
		}
		packet = padded
	}
	for _, cut := range []int{len(packet) / 2, len(packet) - len(packet)/10, max(len(packet)-1, 0)} {
		if got := answer(t, broken(packet[:cut])); !isRefused(got) {
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

// seedPackets adds the first golden packet of every operation, those of the
// documentation, and the invalid documents.
func seedPackets(f *testing.F) {
	for _, pattern := range []string{"golden/*/01_*.request.xml", "documentation/*.request.xml", "invalid/document_*.xml"} {
		files, err := filepath.Glob(filepath.Join(testdata, pattern))
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: found %d packets (%v)", pattern, len(files), err)
		}
		for _, file := range files {
			packet, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(packet)
		}
	}
}

// checkOneDocument makes sure that an answer is one well-formed document.
func checkOneDocument(t *testing.T, answer string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(answer))
	roots, depth := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("an answer is not well-formed: %v\n%s", err, answer)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	if roots != 1 {
		t.Fatalf("an answer has %d roots:\n%s", roots, answer)
	}
}
