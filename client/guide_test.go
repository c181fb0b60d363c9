package client_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/hostledgertest"
)

// TestGuide makes one program of all that docs/client.md shows, and runs it.
func TestGuide(t *testing.T) {
	server := hostledgertest.New(t)
	server.Fixture(t, `<packet><webspace><add><gen_setup><name>shop.example.com</name></gen_setup></add></webspace></packet>`)
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(guideProgram(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	program := exec.CommandContext(context.Background(), "go", "run", file)
	program.Env = append(os.Environ(), "HOSTLEDGER_URL="+server.URL, "HOSTLEDGER_PASSWORD="+server.Password, "HOSTLEDGER_CA=")
	out, err := program.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const want = `1 shop.example.com
customer 2
shop.example.com <nil>
none.example none.example: domain does not exist (error 1013)
not all of them are there
webspace set-billing-info error 1013 domain does not exist
1.6.3.0 to today; customers: 1
<nil>
`
	if diff := cmp.Diff(want, string(out)); diff != "" {
		t.Errorf("the guide's program printed (-want +got):\n%s", diff)
	}
}

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// guideProgram puts the blocks of the guide after one another into the main of
// the first, and those that declare types and functions behind it.
func guideProgram(t *testing.T) string {
	t.Helper()
	guide, err := os.ReadFile("../docs/client.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := goBlock.FindAllStringSubmatch(string(guide), -1)
	if len(blocks) < 2 {
		t.Fatal("there is nothing to run")
	}
	_, first, _ := strings.Cut(blocks[0][1], "func main() {\n")
	body, declarations := strings.TrimSuffix(first, "}\n"), ""
	for _, b := range blocks[1:] {
		if strings.HasPrefix(b[1], "type ") {
			declarations += b[1]
		} else {
			body += "{\n" + b[1] + "}\n"
		}
	}
	program := "func main() {\n" + body + "}\n" + declarations
	imports := ""
	for _, path := range []string{"context", "errors", "fmt", "log", "os", "time", "github.com/hostledger/hostledger/client"} {
		if strings.Contains(program, path[strings.LastIndex(path, "/")+1:]+".") {
			imports += fmt.Sprintf("import %q\n", path)
		}
	}
	return "package main\n" + imports + program
}
