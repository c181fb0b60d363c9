package protocol

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParticles(t *testing.T) {
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
element put 1..-1
  choice 0..3
    element id 1..1: xs:string, name: at most 9 characters
    element thing 1..1: A thing of two.
      type thing base
      sequence 1..1
        element first 1..1: xs:anyType, any content
        sequence 0..1
          element only 1..1: xs:string, color: red or blue
          element each 0..-1: Both.
            type pair
            sequence 1..1
              element left 1..1: xs:string, name: at most 9 characters
              element right 1..1: xs:string, name: at most 9 characters
    element all 1..1: empty
`
	if diff := cmp.Diff(want, outline(operations["put"], "\n")+"\n"); diff != "" {
		t.Error(diff)
	}
}

// outline writes a particle with what it consists of, line by line.
func outline(p *Particle, margin string) string {
	text := fmt.Sprint(margin, strings.TrimSpace(p.Kind+" "+p.Name), " ", p.Min, "..", p.Max)
	if about := slices.DeleteFunc(append([]string{p.Base, p.Text}, p.Notes...), func(s string) bool { return s == "" }); len(about) > 0 {
		text += ": " + strings.Join(about, ", ")
	}
	margin += "  "
	if p.Complex != "" {
		text += margin + strings.TrimSpace("type "+p.Complex+" "+p.Extends)
	}
	for _, part := range p.Inside() {
		text += outline(part, margin)
	}
	return text
}

// What is not understood must not be left out.
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
