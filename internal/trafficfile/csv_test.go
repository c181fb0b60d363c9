package trafficfile_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// told is a record, or why it is refused, in a line of text.
func told(record *trafficfile.Record, err error) string {
	var refused *trafficfile.LineError
	if errors.As(err, &refused) {
		return refused.Error()
	}
	text := fmt.Sprintf("line %d: %s %d %s", record.Line, record.Name, record.SiteID, record.Date)
	for i, counter := range record.List() {
		if record.Given&(1<<i) != 0 {
			text += fmt.Sprintf(" %s=%d", ledger.CounterNames[i], *counter)
		}
	}
	return text
}

// readAll returns what a reader reads, and the error that ended it.
func readAll(reader trafficfile.Reader) (lines []string, err error) {
	for {
		record, err := reader.Read()
		if refused := new(trafficfile.LineError); err != nil && !errors.As(err, &refused) {
			return lines, err
		}
		lines = append(lines, told(&record, err))
	}
}

func readCSV(t *testing.T, text string) ([]string, error) {
	t.Helper()
	plain, err := trafficfile.Plain(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if trafficfile.IsDump(plain) {
		t.Errorf("taken for a dump: %q", text)
	}
	lines, err := trafficfile.NewCSV(plain)
	if err != nil {
		return nil, err
	}
	return readAll(lines)
}

func packed(text string) string {
	var to bytes.Buffer
	w := gzip.NewWriter(&to)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return to.String()
}

func TestCSV(t *testing.T) {
	const plain = "id,name,date,http_in,smtp_out\n,example.com,2026-01-03,1,2\n5,,2026-01-04,,9223372036854775807\n"
	const tabbed = "name\tdate\tid\tsmtp_out\tremark\thttp_in\r\nexample.com\t2026-01-03\tNULL\t2\t\"quoted\" text\t1\r\nNULL\t2026-01-04\t5\t9223372036854775807\t\tNULL\r\n"
	want := []string{
		"line 2: example.com 0 2026-01-03 http_in=1 smtp_out=2",
		"line 3:  5 2026-01-04 http_in=0 smtp_out=9223372036854775807",
	}
	for name, text := range map[string]string{
		"commas": plain, "semicolons": strings.ReplaceAll(plain, ",", ";"), "tabs": tabbed,
		"mark": "\ufeff" + plain, "packed": packed(plain), "packed in parts": packed(plain[:40]) + packed(plain[40:]), "mark, packed": packed("\ufeff" + plain),
		"capitals and space": strings.Replace(plain, "id,name,date", "ID, Name ,DATE", 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := readCSV(t, text); !errors.Is(err, io.EOF) || !slices.Equal(got, want) {
				t.Errorf("got the error %v and\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestCSVThatIsNone(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "the file is empty",
		"id,date":                "no counter",
		"id,smtp_in":             "no date",
		"dom_id,date,http_in\n":  "neither id nor name",
		packed("id,date")[:20]:   "unexpected EOF",
		"\x1f\x8b is not packed": "gzip: invalid header",
	} {
		plain, err := trafficfile.Plain(strings.NewReader(text))
		if err == nil {
			_, err = trafficfile.NewCSV(plain)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got the error %v, want %q", text, err, want)
		}
	}
}
