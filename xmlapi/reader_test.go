package xmlapi_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/hostledger/hostledger/xmlapi"
)

// A sender may go away, and a limit be reached, at any byte: in a name, in a
// character of several bytes, in a tag that has been looked at. What comes
// before is more than the reader holds ready, so that the end is met there.
func TestPacketsThatBreakOff(t *testing.T) {
	t.Parallel()
	api := openAPI(t)
	before := "<packet>" + strings.Repeat("<!-- ä -->\n", 400)
	const tail = `<wörld ö="ä&#228;€" xmlns:ü='𝄞'>ä<![CDATA[€]]><?ö ä?><!--€--><ä/></wörld ></packet>` + "\n"
	for cut := range len(tail) - 1 {
		packet := []byte(before + tail[:cut])
		if got := answer(t, api, nobody, io.MultiReader(bytes.NewReader(packet), iotest.ErrReader(errors.New("connection reset")))); !strings.Contains(got, "Parser error: The packet ends early: connection reset") {
			t.Errorf("broken off behind %q: %s", tail[:cut], got)
		}
		limited := *api
		limited.Limits.Bytes = int64(len(packet))
		if got := answer(t, &limited, nobody, strings.NewReader(before+tail)); !strings.Contains(got, fmt.Sprintf("Parser error: The packet is larger than %d bytes", len(packet))) {
			t.Errorf("a limit behind %q: %s", tail[:cut], got)
		}
		if cut > 0 && !isRefused(answer(t, api, nobody, bytes.NewReader(packet))) {
			t.Errorf("ended behind %q: not refused", tail[:cut])
		}
	}
}

// Messages and their lines do not depend on how the bytes arrive, nor on where
// in the packet they are.
func TestViolationsFarBehind(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/invalid/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d invalid packets (%v)", len(files), err)
	}
	const lines = 6000 // more than the reader's first window holds
	for _, file := range files {
		packet := readFile(t, file)
		if strings.HasPrefix(packet, "<?xml") || strings.HasPrefix(packet, "\ufeff") {
			continue
		}
		var line int
		message := readFile(t, strings.TrimSuffix(file, ".xml")+".txt")
		if _, err := fmt.Sscanf(message, "Error in line %d:", &line); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		_, message, _ = strings.Cut(message, ":")
		want := fmt.Sprintf("Parser error: Request is invalid. Error in line %d:%s", line+2*lines, message)
		code, text := checkOnly(t, strings.Repeat("<!-- -->\n\n", lines)+packet, xmlapi.DefaultLimits)
		if code != 1014 || text != want {
			t.Errorf("%s: answer %d %q, want %q", file, code, text, want)
		}
	}
}

// Named values are compared with each other, so there must not be very many.
func TestNamedValuesAreBounded(t *testing.T) {
	t.Parallel()
	limits := func(n int) string {
		return `<packet><webspace><set><filter/><values><limits>` +
			strings.Repeat(`<limit><name>a</name><value>1</value></limit>`, n) + `</limits></values></set><x/></webspace></packet>`
	}
	if _, text := checkOnly(t, limits(1000), xmlapi.DefaultLimits); !strings.Contains(text, "Element 'x': This element is not expected.") {
		t.Errorf("a thousand limits are answered with %q", text)
	}
	const want = "Parser error: More than 1000 elements limit follow each other"
	if code, text := checkOnly(t, limits(1001), xmlapi.DefaultLimits); code != 1014 || text != want {
		t.Errorf("more are answered with %d %q, want %q", code, text, want)
	}
}
