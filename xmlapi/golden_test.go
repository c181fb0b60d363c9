package xmlapi_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/internal/sqlstore"
	"github.com/hostledger/hostledger/xmlapi"
)

var update = flag.Bool("update", false, "record the answers to the golden packets; look at every one that changed")

const (
	goldenDir      = "testdata/golden"
	requestSuffix  = ".request.xml"
	responseSuffix = ".response.xml"
)

// Every operation has a folder of packets with their answers. The packets of a
// folder are posted in the order of their names to one server, which starts
// with fixture.xml, so later ones show what earlier ones did. A name that ends
// in @jane is posted by that customer, the others by the administrator.
func TestGolden(t *testing.T) {
	testGolden(t, func(t *testing.T) *hostledgertest.Server { return hostledgertest.New(t) })
}

// TestGoldenOnPostgres posts the same packets, whose answers are the same to
// the byte.
func TestGoldenOnPostgres(t *testing.T) {
	testGolden(t, func(t *testing.T) *hostledgertest.Server {
		return hostledgertest.New(t, hostledgertest.OnDatabase(pgtest.Prepared(t, "ledger", makeTables)))
	})
}

func makeTables(address string) error {
	store, err := sqlstore.OpenPostgres(context.Background(), address)
	if err != nil {
		return err
	}
	return store.Close()
}

func testGolden(t *testing.T, start func(t *testing.T) *hostledgertest.Server) {
	fixture := readFile(t, filepath.Join(goldenDir, "fixture.xml"))
	for _, operation := range xmlapi.Operations() {
		folder := goldenFolder(operation)
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			requests := goldenRequests(t, folder)
			if len(requests) == 0 {
				t.Fatalf("there are no golden packets in %s/%s", goldenDir, folder)
			}
			s := start(t)
			s.Fixture(t, fixture)
			for _, request := range requests {
				checkGolden(t, s, request)
			}
		})
	}
}

func goldenFolder(o *xmlapi.Operation) string { return o.Operator + "_" + o.Name }

func goldenRequests(t testing.TB, folder string) []string {
	t.Helper()
	requests, err := filepath.Glob(filepath.Join(goldenDir, folder, "*"+requestSuffix))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(requests)
	return requests
}

func checkGolden(t *testing.T, s *hostledgertest.Server, request string) {
	t.Helper()
	name := strings.TrimSuffix(request, requestSuffix)
	got := post(t, as(s, callerOf(s, request)), readFile(t, request))
	response := name + responseSuffix
	if *update {
		recordGolden(t, response, got)
		return
	}
	if diff := cmp.Diff(readFile(t, response), got); diff != "" {
		t.Errorf("%s: the answer differs (-recorded +now):\n%s", name, diff)
	}
}

// callerOf returns the login that a request is posted as.
func callerOf(s *hostledgertest.Server, request string) string {
	if _, customer, ok := strings.Cut(strings.TrimSuffix(filepath.Base(request), requestSuffix), "@"); ok {
		return customer
	}
	return s.Login
}

func recordGolden(t *testing.T, response, got string) {
	t.Helper()
	if recorded, err := os.ReadFile(response); err == nil && string(recorded) == got {
		return
	}
	t.Logf("recording %s", response)
	if err := os.WriteFile(response, []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Nothing in the folder goes unused: folders belong to operations, answers to
// requests.
func TestGoldenFilesAreAllUsed(t *testing.T) {
	known := map[string]bool{
		filepath.Join(goldenDir, "fixture.xml"):    true,
		filepath.Join(goldenDir, ".gitattributes"): true,
	}
	for _, operation := range xmlapi.Operations() {
		for _, request := range goldenRequests(t, goldenFolder(operation)) {
			known[request] = true
			known[strings.TrimSuffix(request, requestSuffix)+responseSuffix] = true
		}
	}
	err := filepath.WalkDir(goldenDir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !known[path] {
			t.Errorf("%s belongs to no request of an operation", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
