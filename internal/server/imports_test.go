package server_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/hostledger/hostledger/"

// What a package may import of this project, and (for ledger) at all.
var allowed = map[string][]string{
	"ledger":                  {},
	"xmlapi":                  {"ledger"},
	"xmlapi/schemas":          {},
	"client":                  {"xmlapi", "ledger"},
	"internal/collect":        {"client", "internal/folderlock", "ledger"},
	"internal/folderlock":     {},
	"internal/httpd":          {"xmlapi", "xmlapi/schemas", "ledger"},
	"internal/machine":        {"xmlapi", "ledger"},
	"internal/metrics":        {"internal/folderlock", "internal/sqlstore", "xmlapi", "ledger"},
	"internal/panel":          {"client", "internal/collect", "internal/folderlock", "internal/httpd", "internal/panel/examples", "internal/panel/human", "xmlapi", "xmlapi/schemas", "ledger"},
	"internal/panel/human":    {"ledger"},
	"internal/panel/examples": {"xmlapi", "xmlapi/schemas", "ledger"},
	"internal/pgtest":         {},
	"internal/protocol":       {"xmlapi", "xmlapi/schemas", "ledger"},
	"internal/reference":      {"internal/panel/examples", "internal/protocol", "xmlapi", "xmlapi/schemas", "ledger"},
	"internal/sqlstore":       {"internal/folderlock", "ledger"},
	"internal/storetest":      {"ledger"},
	"internal/sample":         {"ledger"},
	"internal/subtests":       {},
	"internal/server":         {"client", "internal/collect", "internal/folderlock", "internal/httpd", "internal/machine", "internal/metrics", "internal/panel", "internal/panel/examples", "internal/panel/human", "internal/sqlstore", "xmlapi", "xmlapi/schemas", "ledger"},
	"internal/fuzz":           {"xmlapi", "ledger"},
	"internal/table":          {},
	"internal/trafficfile":    {"ledger"},
	"hostledgertest":          nil, // anything: it starts a whole server
	"examples/go":             {"client", "xmlapi", "ledger"},
	"hostledgertest/faults":   {"internal/httpd", "xmlapi", "xmlapi/schemas", "ledger"},
	"cmd/hostledger":          nil,
	"integration":             {}, // it starts the program
	"browser":                 {}, // all of it is a test
	"bench":                   nil,
	"bench/peers":             {"bench/process"},
	"bench/process":           {},
	"bench/profiled":          nil,
}

func TestDependenciesPointOneWay(t *testing.T) {
	for _, pkg := range list(t, "./...") {
		name := strings.TrimPrefix(pkg, module)
		may, known := allowed[name]
		if !known {
			t.Errorf("%s is not in this test's table: say what it may import", name)
			continue
		}
		for _, dependency := range list(t, "-deps", pkg) {
			own, isOwn := strings.CutPrefix(dependency, module)
			switch {
			case !isOwn || own == name:
			case strings.HasPrefix(own, "cmd/"):
				t.Errorf("%s imports %s", name, own)
			case may != nil && !slices.Contains(may, own):
				t.Errorf("%s imports %s", name, own)
			}
		}
	}
}

func TestTheDomainImportsNothing(t *testing.T) {
	for _, dependency := range list(t, "-deps", module+"ledger") {
		host, _, _ := strings.Cut(dependency, "/")
		if strings.Contains(host, ".") && host != "golang.org" && dependency != module+"ledger" {
			t.Errorf("ledger imports %s", dependency)
		}
	}
}

func list(t *testing.T, args ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list"}, args...)...)
	command.Dir = "../.."
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list %v: %v", args, err)
	}
	return strings.Fields(string(out))
}
