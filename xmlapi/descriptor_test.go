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
	addPlans(t, api, p.reseller)
	name := "resellers"
	_, err := api.Ledger.AddPlan(t.Context(), p.admin, ledger.NewPlan{Kind: ledger.ResellerPlan, Values: ledger.PlanUpdate{Name: &name}})
	if err != nil {
		t.Fatal(err)
	}
	const limits = `<limits><limit><name>%s</name><value>%s</value></limit></limits>`
	const permissions = `<permissions><permission><name>%s</name><value>%s</value></permission></permissions>`
	const properties = `<property><name>%s</name><value>%s</value></property>`
	const hosting = `<hosting><vrt_hst>` + properties + `</vrt_hst></hosting>`
	values := func(blocks string) string { return `<values>` + blocks + `</values>` }
	byID := func(id string) string { return `<filter><id>` + id + `</id></filter>` }
	ofRita := func(id string) string { return byID(id) + `<owner-login>rita</owner-login>` }
	providers := map[string]ledger.Identity{"admin": p.admin, "reseller": p.reseller}
	everyone := map[string]ledger.Identity{"admin": p.admin, "reseller": p.reseller, "client": p.resellersCustomer}
	for _, test := range []struct {
		operator, operation string
		filter              string
		set                 string
		callers             map[string]ledger.Identity
	}{
		{"webspace", "get-limit-descriptor", byID("3"), values(limits), everyone},
		{"webspace", "get-permission-descriptor", byID("3"), values(permissions), everyone},
		{"webspace", "get-physical-hosting-descriptor", byID("3"), values(hosting), everyone},
		{"site", "get-physical-hosting-descriptor", byID("3"), values(hosting), everyone},
		{"site", "get-physical-hosting-descriptor", byID("5"), values(hosting), everyone},
		{"reseller", "get-limit-descriptor", byID("2"), values(limits), providers},
		{"reseller", "get-permission-descriptor", byID("2"), values(permissions), providers},
		{"service-plan", "get-limit-descriptor", ofRita("5"), limits, providers},
		{"service-plan", "get-permission-descriptor", ofRita("5"), permissions, providers},
		{"service-plan", "get-physical-hosting-descriptor", ofRita("5"), hosting, providers},
		{"service-plan-addon", "get-limit-descriptor", ofRita("7"), limits, providers},
		{"service-plan-addon", "get-permission-descriptor", ofRita("7"), permissions, providers},
		{"service-plan-addon", "get-physical-hosting-descriptor", ofRita("7"), `<hosting>` + properties + `</hosting>`, providers},
		{"reseller-plan", "get-limit-descriptor", byID("8"), limits, providers},
		{"reseller-plan", "get-permission-descriptor", byID("8"), permissions, providers},
	} {
		if test.operator == "site" { // a customer needs permissions of the subscription besides
			grantHosting(t, api, p.admin, byID("3"))
		}
		d := askDescriptor(t, api, p.admin, test.operator, test.operation, test.filter)
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
					`<packet><%[1]s><set>%[2]s`+test.set+`</set></%[1]s></packet>`,
					test.operator, test.filter, property.Name, value)))
				may := slices.Contains(property.WritableBy, word)
				if strings.Contains(got, "<status>ok</status>") != may || strings.Contains(got, "<errcode>1006</errcode>") == may {
					t.Errorf("%s/%s: %s may set %s of %s: %v\n%s", test.operator, test.operation, word, property.Name, test.filter, may, got)
				}
			}
		}
	}
}

// grantHosting lets the customers of subscriptions say how their sites are served.
func grantHosting(t *testing.T, api *xmlapi.API, admin ledger.Identity, filter string) {
	t.Helper()
	const granted = `<permission><name>%s</name><value>true</value></permission>`
	packet := `<packet><webspace><set>` + filter + `<values><permissions>` + fmt.Sprintf(granted, "manage_phosting") +
		fmt.Sprintf(granted, "manage_sh_access") + fmt.Sprintf(granted, "manage_quota") + `</permissions></values></set></webspace></packet>`
	if got := answer(t, api, admin, strings.NewReader(packet)); !strings.Contains(got, "<status>ok</status>") {
		t.Fatal(got)
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
