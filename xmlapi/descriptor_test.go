package xmlapi_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// descriptor is what a client learns from a descriptor operation.
type descriptor struct {
	Properties []struct {
		Name       string   `xml:"name"`
		Default    string   `xml:"default-value"`
		WritableBy []string `xml:"writable-by"`
	} `xml:"property"`
}

// What a descriptor says of who may set a property holds for everybody who sees
// the object: nobody else can, and they can.
func TestDescriptorsTellWhoMaySet(t *testing.T) {
	t.Parallel()
	api, p := resell(t)
	addon := answer(t, api, p.admin, strings.NewReader(
		`<packet><site><add><gen_setup><name>addon.rick.example</name><webspace-id>3</webspace-id></gen_setup></add></site></packet>`))
	if !strings.Contains(addon, "<id>5</id>") {
		t.Fatal(addon)
	}
	const limit = `<limits><limit><name>%s</name><value>%s</value></limit></limits>`
	const permission = `<permissions><permission><name>%s</name><value>%s</value></permission></permissions>`
	const hosting = `<hosting><vrt_hst><property><name>%s</name><value>%s</value></property></vrt_hst></hosting>`
	providers := map[string]ledger.Identity{"admin": p.admin, "reseller": p.reseller}
	everyone := map[string]ledger.Identity{"admin": p.admin, "reseller": p.reseller, "client": p.resellersCustomer}
	for _, test := range []struct {
		operator, operation string
		id                  string
		set                 string
		callers             map[string]ledger.Identity
	}{
		{"webspace", "get-limit-descriptor", "3", limit, everyone},
		{"webspace", "get-permission-descriptor", "3", permission, everyone},
		{"webspace", "get-physical-hosting-descriptor", "3", hosting, everyone},
		{"site", "get-physical-hosting-descriptor", "3", hosting, everyone},
		{"site", "get-physical-hosting-descriptor", "5", hosting, everyone},
		{"reseller", "get-limit-descriptor", "2", limit, providers},
		{"reseller", "get-permission-descriptor", "2", permission, providers},
	} {
		filter := `<filter><id>` + test.id + `</id></filter>`
		d := askDescriptor(t, api, p.admin, test.operator, test.operation, filter)
		if len(d.Properties) == 0 {
			t.Fatalf("%s/%s: nothing is described", test.operator, test.operation)
		}
		for _, property := range d.Properties {
			value := property.Default
			if property.Name == "ftp_login" {
				value = "login"
			}
			for word, who := range test.callers {
				got := answer(t, api, who, strings.NewReader(fmt.Sprintf(
					`<packet><%[1]s><set>%[2]s<values>`+test.set+`</values></set></%[1]s></packet>`,
					test.operator, filter, property.Name, value)))
				may := slices.Contains(property.WritableBy, word)
				if strings.Contains(got, "<status>ok</status>") != may || strings.Contains(got, "<errcode>1006</errcode>") == may {
					t.Errorf("%s/%s: %s may set %s of %s: %v\n%s", test.operator, test.operation, word, property.Name, test.id, may, got)
				}
			}
		}
	}
}

func askDescriptor(t *testing.T, api *xmlapi.API, who ledger.Identity, operator, operation, filter string) (d descriptor) {
	t.Helper()
	packet := `<packet><` + operator + `><` + operation + `>` + filter + `</` + operation + `></` + operator + `></packet>`
	got := answer(t, api, who, strings.NewReader(packet))
	_, from, _ := strings.Cut(got, "<descriptor>")
	content, _, ok := strings.Cut(from, "</descriptor>")
	if !ok {
		t.Fatalf("no descriptor: %s", got)
	}
	if err := xml.Unmarshal([]byte("<descriptor>"+content+"</descriptor>"), &d); err != nil {
		t.Fatal(err)
	}
	return d
}
