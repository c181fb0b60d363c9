package xmlapi_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// checkOnly answers a packet without a ledger, which serves for packets that
// are refused before anything runs.
func checkOnly(t testing.TB, body string, limits xmlapi.Limits) (code int, text string) {
	t.Helper()
	var out bytes.Buffer
	api := &xmlapi.API{Limits: limits}
	err := api.Answer(context.Background(), xmlapi.Request{
		Body: strings.NewReader(body),
		Authenticate: func(context.Context) (ledger.Identity, error) {
			return ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin}, nil
		},
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Code int    `xml:"system>errcode"`
		Text string `xml:"system>errtext"`
	}
	if err := xml.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatalf("the answer is not XML: %v\n%s", err, out.Bytes())
	}
	return answer.Code, answer.Text
}

// The texts were recorded from xmllint with the schemas that this server
// publishes; testdata/invalid/record.sh records them anew.
func TestViolationsAreWordedAsLibxml2DoesIt(t *testing.T) {
	files, err := filepath.Glob("testdata/invalid/*.xml")
	if err != nil || len(files) < 100 {
		t.Fatalf("found %d invalid packets (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".xml")
		t.Run(name, func(t *testing.T) {
			packet, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".xml") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			code, text := checkOnly(t, string(packet), xmlapi.DefaultLimits)
			if code != 1014 || text != "Parser error: Request is invalid. "+string(want) {
				t.Errorf("answer %d %q\n     want 1014 %q", code, text, "Parser error: Request is invalid. "+string(want))
			}
		})
	}
}
