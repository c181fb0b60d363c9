package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClientIsUpToDate(t *testing.T) {
	const root = "../.."
	want, err := generate(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	there, err := filepath.Glob(filepath.Join(root, dir, generatedFiles))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		if diff := cmp.Diff(string(content), string(want[name])); diff != "" {
			t.Errorf("%s/%s is not up to date: run `make generate` (-there +wanted):\n%s", dir, name, diff)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s/%s is missing: run `make generate`", dir, name)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"domain-store-url": "DomainStoreURL",
		"lastId":           "LastID",
		"ipV4-address":     "IPV4Address",
		"pop3_imap_in":     "POP3IMAPIn",
		"get-last-id":      "GetLastID",
		"site-alias":       "SiteAlias",
	} {
		if got := goName(name); got != want {
			t.Errorf("%s became %s, want %s", name, got, want)
		}
	}
}

// A name that stands for nothing any more is gone from the tables.
func TestTablesAreInUse(t *testing.T) {
	m, err := read(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []map[string]string{renamed, shortened} {
		for of, name := range table {
			if m.structs[name] == nil {
				t.Errorf("no type is called %s any more, as %s is to be", name, of)
			}
		}
	}
	isField := func(typ, element string) bool {
		return m.structs[typ] != nil && slices.ContainsFunc(m.structs[typ].fields, func(f field) bool { return f.element == element })
	}
	if !isField("TrafficResult", "traffic") || !isField("WebspaceAddGenSetup", "ip_address") || !isField("WebspaceSetGenSetup", "ip_address") {
		t.Error("an exception is for a field that is not there any more")
	}
}
