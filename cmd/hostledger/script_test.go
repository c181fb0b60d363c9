package main

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostledger/hostledger/internal/pgtest"
)

func TestMain(m *testing.M) {
	testscript.Main(pgtest.Tests{M: m}, map[string]func(){"hostledger": main})
}

// TestScripts runs the scripts, which use the program as a person would. Besides
// testscript's own commands they know:
//
//	start NAME ADDRESSES FLAG...  runs hostledger serve until it listens on so
//	                              many addresses: $ADDRESS1, $ADDRESS2 with
//	                              $URL1, $URL2; the first is HOSTLEDGER_URL;
//	                              NAME.out and NAME.log hold its output
//	follow NAME FLAG...           runs hostledger collect follow until it collects
//	end NAME                      stops it, which must end with status 0
//	database                      makes an empty PostgreSQL database, $DATABASE
//	status N COMMAND...           runs a command that must end with status N
//	expand FROM TO                copies a file, with variables in place of $NAME
//	pack FILE PACKED              compresses a file as the other's ending says
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TEST_PASSWORD", adminPasswordForTests)
			env.Values[processes{}] = map[string]*process{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": scriptStart, "end": scriptEnd, "status": scriptStatus, "database": scriptDatabase,
			"follow": scriptFollow, "expand": scriptExpand, "pack": scriptPack,
		},
	})
}

func scriptDatabase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: database")
	}
	address, err := pgtest.New()
	ts.Check(err)
	ts.Setenv("DATABASE", address)
}

// processes is the key of a script's processes by name.
type processes struct{}

func scriptStart(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: start NAME ADDRESSES FLAG...")
	}
	addresses, err := strconv.Atoi(args[1])
	ts.Check(err)
	env := append(os.Environ(),
		adminPasswordVariable+"="+ts.Getenv(adminPasswordVariable))
	p, err := startProcess(ts.MkAbs("."), args[0], env, addresses, args[2:]...)
	ts.Check(err)
	ts.Defer(p.kill)
	ts.Value(processes{}).(map[string]*process)[args[0]] = p
	for i, url := range p.urls {
		n := strconv.Itoa(i + 1)
		_, address, _ := strings.Cut(url, "://")
		ts.Setenv("URL"+n, url)
		ts.Setenv("ADDRESS"+n, address)
	}
	ts.Setenv("HOSTLEDGER_URL", p.urls[0])
}

func scriptFollow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: follow NAME FLAG...")
	}
	p, err := startCollector(ts.MkAbs("."), args[0], args[1:]...)
	ts.Check(err)
	ts.Defer(p.kill)
	ts.Value(processes{}).(map[string]*process)[args[0]] = p
}

func scriptExpand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: expand FROM TO")
	}
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

func scriptPack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack FILE PACKED")
	}
	ts.Check(compress(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

func scriptEnd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: end NAME")
	}
	p := ts.Value(processes{}).(map[string]*process)[args[0]]
	status, err := p.terminate()
	ts.Check(err)
	if status != 0 {
		ts.Fatalf("%s ended with status %d", args[0], status)
	}
}

func scriptStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		_, got, _ = strings.Cut(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s ended with status %q (%v), want %s", args[1], got, err, args[0])
	}
}
