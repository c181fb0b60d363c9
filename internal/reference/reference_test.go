package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/internal/protocol"
)

func TestPagesAreUpToDate(t *testing.T) {
	const root = "../.."
	want, err := write(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(root, dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[e.Name()] = string(content)
	}
	if diff := cmp.Diff(got, want.pages); diff != "" {
		t.Errorf("%s is not up to date: run `make docs` (-there +wanted):\n%s", dir, diff)
	}
	there, err := os.ReadFile(filepath.Join(root, examplesFile))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(there), want.examples); diff != "" {
		t.Errorf("%s is not up to date: run `make docs` (-there +wanted):\n%s", examplesFile, diff)
	}
}

func TestTree(t *testing.T) {
	one := func(name, text string) *protocol.Particle {
		return &protocol.Particle{Kind: "element", Min: 1, Max: 1, Name: name, Text: text}
	}
	pair := &protocol.Particle{Kind: "sequence", Min: 1, Max: 1, Parts: []*protocol.Particle{one("left", "name"), one("right", "name")}}
	each := &protocol.Particle{Kind: "element", Max: protocol.Unbounded, Name: "each", Notes: []string{"Both."}, Content: pair}
	thing := one("thing", "")
	thing.Notes = []string{"A thing of two."}
	thing.Content = &protocol.Particle{Kind: "sequence", Min: 1, Max: 1, Parts: []*protocol.Particle{
		one("first", "any content"),
		{Kind: "sequence", Max: 1, Parts: []*protocol.Particle{one("only", "color: red or blue"), each}},
	}}
	put := one("put", "")
	put.Content = &protocol.Particle{Kind: "choice", Max: 3, Parts: []*protocol.Particle{
		one("id", "name: at most 9 characters"), thing, one("all", "empty"),
	}}
	const want = `
put                      Any of these, in any order, 3 at most
├─ id              1     name: at most 9 characters
├─ thing           1     A thing of two.
│  ├─ first        1     any content
│  └─ (together)   0..1
│     ├─ only      1     color: red or blue
│     └─ each      0..n  Both.
│        ├─ left   1     name
│        └─ right  1     name
└─ all             1     empty
`
	if diff := cmp.Diff(want, "\n"+tree(put)); diff != "" {
		t.Error(diff)
	}
}

func TestPretty(t *testing.T) {
	got, err := pretty(`<a v="&quot;&lt;"><!-- c --><b>x &amp; y</b> <c></c><d><n:e n:nil="true"/></d></a>`)
	if err != nil {
		t.Fatal(err)
	}
	const want = `
<a v="&quot;&lt;">
  <b>x &amp; y</b>
  <c/>
  <d>
    <n:e n:nil="true"/>
  </d>
</a>
`
	if diff := cmp.Diff(want, "\n"+got); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsAlikeAreOne(t *testing.T) {
	r := recorded{request: `<login>jane</login><login>john</login><sum>x</sum><sum>-2.5</sum>`}
	shape := func(text string) string { return r.shape(result{Code: "1", Text: text}) }
	for _, alike := range [][2]string{
		{"User jane exists", "User john exists"},
		{`sum: "x" is no sum`, `sum: "y" is no sum`},
		{"sum: -2.5 is no sum", "sum: 12 is no sum"},
		{"Element 'a' is wrong. Expected is ( b ).", "Element 'c' is wrong. Expected is ( d )."},
	} {
		if shape(alike[0]) != shape(alike[1]) {
			t.Errorf("%q and %q are told apart", alike[0], alike[1])
		}
	}
	if shape("User jane exists") == shape("User jane is gone") {
		t.Error("two errors are taken for one")
	}
}
