package xmlapi_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

const (
	requestSchema  = "schemas/packet_request.xsd"
	responseSchema = "schemas/packet_response.xsd"
)

// xmllint returns the path of libxml2's command. Tests that need it fail
// without it: what they check would go unchecked silently otherwise.
func xmllint(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("xmllint")
	if err != nil {
		t.Fatal("xmllint is needed for this test: install libxml2-utils (Debian, Ubuntu) or libxml2 (Alpine, Fedora, Homebrew)")
	}
	return path
}

// document is a packet to be checked, with the name to complain about.
type document struct {
	name, content string
}

// validate checks documents in one call of xmllint and returns, for each that
// is not valid, what is wrong with it.
func validate(t *testing.T, schema string, documents []document) map[string]string {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--nonet", "--noout", "--schema", schema}
	names := map[string]string{}
	for i, d := range documents {
		file := filepath.Join(dir, fmt.Sprintf("%05d.xml", i))
		if err := os.WriteFile(file, []byte(d.content), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
		names[file] = d.name
	}
	// The exit status only says that not all of them are valid.
	report, _ := exec.Command(xmllint(t), args...).CombinedOutput()
	return readReport(t, names, string(report))
}

func readReport(t *testing.T, names map[string]string, report string) map[string]string {
	t.Helper()
	wrong, complaint, checked := map[string]string{}, "", 0
	for line := range strings.Lines(report) {
		line = strings.TrimSuffix(line, "\n")
		if _, isFile := names[strings.TrimSuffix(line, " validates")]; isFile {
			checked, complaint = checked+1, ""
			continue
		}
		if name, isFile := names[strings.TrimSuffix(line, " fails to validate")]; isFile {
			wrong[name] = complaint
			checked, complaint = checked+1, ""
			continue
		}
		complaint += line + "\n"
	}
	if checked != len(names) {
		t.Fatalf("xmllint reports on %d of %d documents:\n%s", checked, len(names), report)
	}
	return wrong
}

// packets are requests with their answers: the golden ones and those of the
// documentation.
func packets(t *testing.T) (requests, responses []document) {
	t.Helper()
	for _, pattern := range []string{goldenDir + "/*/*", documentationDir + "/*"} {
		files, err := filepath.Glob(pattern + requestSuffix)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s%s: found %d packets (%v)", pattern, requestSuffix, len(files), err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(file, requestSuffix)
			requests = append(requests, document{name, newerNames(plainSpace(readFile(t, file)))})
			responses = append(responses, document{name, newerNames(plainSpace(readFile(t, name+responseSuffix)))})
		}
	}
	return requests, responses
}

// plainSpace replaces no-break spaces, which the server takes for white space
// between elements and libxml2 does not.
func plainSpace(packet string) string { return strings.ReplaceAll(packet, "\u00a0", " ") }

// newerNames gives operators in packets of old protocol versions the names
// that the schemas know.
func newerNames(packet string) string {
	if strings.Contains(packet, `version="1.4.2.0"`) || strings.Contains(packet, `version="1.5.2.1"`) {
		return strings.NewReplacer("client>", "customer>", "domain>", "webspace>", "domain_alias>", "site-alias>", "domain_template>", "service-plan>").Replace(packet)
	}
	return packet
}

// Where the server and libxml2 differ about a request, and why.
var differ = map[string]string{
	goldenDir + "/webspace_set_traffic/31_dom_id_too_large":      "integers of the schema have any number of digits",
	goldenDir + "/webspace_set_traffic/21_year_of_five_digits":   "years of the schema have any number of digits",
	goldenDir + "/webspace_set_traffic/32_date_padded":           "libxml2 does not collapse white space around dates, clients send it",
	goldenDir + "/webspace_get-changed/14_hour_24":               "the schema lets a day end at hour 24",
	goldenDir + "/webspace_get-changed/15_year_of_five_digits":   "years of the schema have any number of digits",
	goldenDir + "/webspace_get-changed/16_year_before_the_first": "years of the schema may be negative",
	goldenDir + "/webspace_get-changed/17_padded":                "libxml2 does not collapse white space around dates, clients send it",
}

func TestRequestsAreValidExactlyWhenTheServerSaysSo(t *testing.T) {
	t.Parallel()
	requests, responses := packets(t)
	wrong := validate(t, requestSchema, requests)
	for i, request := range requests {
		refused := strings.Contains(responses[i].content, "<errcode>1014</errcode>")
		complaint, invalid := wrong[request.name]
		if reason := differ[request.name]; (invalid != refused) != (reason != "") {
			t.Errorf("%s: the server refused it as invalid: %v; xmllint: %v\n%s", request.name, refused, invalid, complaint)
		}
	}
}

func TestResponsesAreValid(t *testing.T) {
	t.Parallel()
	_, responses := packets(t)
	for name, complaint := range validate(t, responseSchema, responses) {
		t.Errorf("%s is not a valid response:\n%s", name, complaint)
	}
}

// The schemas know every operation, and its golden packets show it at work.
func TestEveryOperationHasAValidPacket(t *testing.T) {
	for _, operation := range xmlapi.Operations() {
		if operation.Name == "get-message" {
			continue // never succeeds: there are no messages
		}
		folder := filepath.Join(goldenDir, goldenFolder(operation))
		succeeded := false
		for _, request := range goldenRequests(t, goldenFolder(operation)) {
			response := readFile(t, strings.TrimSuffix(request, requestSuffix)+responseSuffix)
			_, inOperator, _ := strings.Cut(response, "<"+operation.Operator+">")
			_, inOperation, _ := strings.Cut(inOperator, "<"+operation.Name+">")
			succeeded = succeeded || strings.Contains(inOperation, "<status>ok</status>")
		}
		if !succeeded {
			t.Errorf("%s: no packet shows the operation succeed", folder)
		}
	}
}

func TestCheckUpErrorsAreValidResponses(t *testing.T) {
	t.Parallel()
	var answers []document
	for _, kind := range []error{
		xmlapi.ErrNoAuthMethod,
		ledger.Errorf(ledger.ErrWrongLogin, "wrong <login> & \"password\""),
		ledger.Errorf(ledger.ErrKeyUnknown, "unknown"),
		ledger.Errorf(ledger.ErrKeyMisused, "misused"),
		ledger.Errorf(ledger.ErrDisabled, "disabled"),
		ledger.Errorf(ledger.ErrLocked, "locked"),
		ledger.Errorf(ledger.ErrPermission, "denied"),
	} {
		answers = append(answers, document{kind.Error(), refusal(t, `<packet/>`, kind)})
	}
	for _, packet := range []string{
		``, `<packet`, `<packet/>`, `<packet version="9"/>`, `<packet version="&lt;&amp;&quot;"/>`, `<packet><a&#13;/></packet>`,
		`<!DOCTYPE x><packet/>`, `<packet><server>` + strings.Repeat("x", 1<<17), `<packet a="&#10;&#x10FFFF;&lt;"/>`,
	} {
		answers = append(answers, document{packet, refusal(t, packet, nil)})
	}
	for name, complaint := range validate(t, responseSchema, answers) {
		t.Errorf("%.60s: the answer is not valid:\n%s", name, complaint)
	}
}

// refusal returns the answer to a packet that is refused whole: for the reason
// given, which authentication finds, or for what is wrong with it.
func refusal(t *testing.T, packet string, reason error) string {
	t.Helper()
	var out bytes.Buffer
	api := &xmlapi.API{Limits: xmlapi.DefaultLimits}
	err := api.Answer(context.Background(), xmlapi.Request{
		Body:         strings.NewReader(packet),
		Authenticate: func(context.Context) (ledger.Identity, error) { return ledger.Identity{}, reason },
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "<system>") {
		t.Fatalf("the packet was not refused:\n%s", out.String())
	}
	return out.String()
}
