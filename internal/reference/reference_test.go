package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	s := define(t, `
		<xs:simpleType name="name"><xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="color"><xs:restriction base="name">
			<xs:enumeration value="red"/><xs:enumeration value="blue"/></xs:restriction></xs:simpleType>
		<xs:group name="pair"><xs:annotation><xs:documentation>Both.</xs:documentation></xs:annotation>
			<xs:sequence><xs:element name="left" type="name"/><xs:element name="right" type="name"/></xs:sequence></xs:group>
		<xs:complexType name="base"><xs:sequence><xs:element name="first" type="xs:anyType"/></xs:sequence></xs:complexType>
		<xs:complexType name="thing">
			<xs:annotation><xs:documentation>A thing
				of two.</xs:documentation></xs:annotation>
			<xs:complexContent><xs:extension base="base"><xs:sequence minOccurs="0">
				<xs:element name="only" type="color"/><xs:sequence><xs:element name="each" minOccurs="0" maxOccurs="unbounded">
					<xs:complexType><xs:group ref="pair"/></xs:complexType>
				</xs:element></xs:sequence>
			</xs:sequence></xs:extension></xs:complexContent>
		</xs:complexType>
		<xs:element name="packet"><xs:complexType><xs:sequence><xs:element name="box" type="box"/></xs:sequence></xs:complexType></xs:element>
		<xs:complexType name="box"><xs:choice maxOccurs="unbounded">
			<xs:element name="put"><xs:complexType><xs:choice maxOccurs="3">
				<xs:choice minOccurs="0"><xs:element name="id" type="name"/><xs:element name="thing" type="thing"/></xs:choice>
				<xs:element name="all"><xs:complexType/></xs:element>
			</xs:choice></xs:complexType></xs:element>
		</xs:choice></xs:complexType>`)
	operations, _ := s.operations("box")
	if s.err != nil {
		t.Fatal(s.err)
	}
	const want = `
put                      Any of these, in any order, 3 at most
├─ id              1     name: at most 9 characters
├─ thing           1     A thing of two.
│  ├─ first        1     any content
│  └─ (together)   0..1
│     ├─ only      1     color: red or blue
│     └─ each      0..n  Both.
│        ├─ left   1     name: at most 9 characters
│        └─ right  1     name: at most 9 characters
└─ all             1     empty
`
	if diff := cmp.Diff(want, "\n"+tree(operations["put"])); diff != "" {
		t.Error(diff)
	}
}

// What the reference does not understand it must not leave out.
func TestSchemaNotUnderstood(t *testing.T) {
	for _, test := range []struct{ schema, want string }{
		{`<xs:element name="a"><xs:complexType><xs:key/></xs:complexType></xs:element>`, "does not know the construct key"},
		{`<xs:element name="a" default="b"/>`, "does not know the attribute default of element"},
		{`<xs:element name="packet"><xs:complexType><xs:sequence><xs:element name="box" type="none"/></xs:sequence></xs:complexType></xs:element>`,
			"type none is not defined"},
		{`<xs:element name="packet"><xs:complexType><xs:sequence><xs:element name="box" type="box"/></xs:sequence></xs:complexType></xs:element>
			<xs:complexType name="box"><xs:sequence><xs:element name="box" type="box"/></xs:sequence></xs:complexType>`,
			"type box contains itself"},
		{`<xs:element name="packet"><xs:complexType><xs:sequence><xs:element name="box"><xs:complexType>
			<xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
			"box: attribute does not belong here"},
	} {
		s := define(t, test.schema)
		if s.err == nil {
			s.operations("box")
		}
		if s.err == nil || !strings.Contains(s.err.Error(), test.want) {
			t.Errorf("%s\nerror: %v, want one that says: %s", test.schema, s.err, test.want)
		}
	}
}

func define(t *testing.T, definitions string) *schema {
	t.Helper()
	s := newSchema()
	s.define(t.Name(), []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">`+definitions+`</xs:schema>`))
	return s
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
