package xmlapi_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/xmlapi"
)

// contents stand in an element, some well-formed and some not.
var contents = []string{
	``, ` `, `text`, `  text  `, "line\nline\r\nline\rline", "\t", `ä€𝄞`, "\u00a0", "\u0085", "\u2028", "\ufffd", "\u007f", "\ue000",
	`a>b`, `a]]b`, `a]b`, `]`, `]]`, `]]>`, `a]]>b`, `]]&gt;`, `"quoted" 'twice'`,
	`&amp;&lt;&gt;&quot;&apos;`, `&#65;&#x41;&#x0041;&#00065;`, `&#9;&#10;&#13;&#x20;`, `&#x10FFFF;`, `&#xE000;&#xFFFD;`,
	`&#0;`, `&#1;`, `&#8;`, `&#x1F;`, `&#xB;`, `&#xD800;`, `&#xDFFF;`, `&#xFFFE;`, `&#xFFFF;`, `&#x110000;`, `&#99999999999;`,
	`&`, `& `, `&;`, `&#;`, `&#x;`, `&amp`, `&amp ;`, `& amp;`, `&AMP;`, `&nbsp;`, `&unknown;`, `&#x41`, `&#X41;`, `&#a;`, `&#xg;`, `&#-65;`, `&#+65;`, `&#6 5;`, `a & b`, `&&amp;`, `&lt`,
	"\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "a\x00b", "\ufffe", "\uffff",
	"\x80", "\xff", "\xc3", "\xc3(", "\xe2\x82", "\xe2\x82a", "\xf0\x9d\x84", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
	`<![CDATA[]]>`, `<![CDATA[a < b & c]]>`, `<![CDATA[]]]]>`, `<![CDATA[]]]>`, `a<![CDATA[b]]>c<![CDATA[d]]>`, `<![CDATA[<!-- -->]]>`, `<![CDATA[]]>]]>`,
	`<![CDATA[`, `<![CDATA[]]`, `<![CDATA[]>`, `<![cdata[x]]>`, `<![CDATA [x]]>`, `<! [CDATA[x]]>`, "<![CDATA[\x01]]>", "<![CDATA[\xff]]>", `<![CDATA[&nothing;]]>`, `<![INCLUDE[x]]>`,
	`<!---->`, `<!-- -->`, `<!--a-b-->`, `<!--->-->`, `<!-- > -->`, `<!-- <a> & ]]> -->`, `<!--ä-->`, `a<!--x-->b`, `<!-- --><!-- -->`,
	`<!--`, `<!-- --`, `<!-- -- -->`, `<!-- --->`, `<!----->`, `<!-->`, `<!-`, `<!`, `<!- - x -->`, "<!--\x01-->", "<!--\xff-->",
	`<?p?>`, `<?p data?>`, `<?p a?b>c ?>`, `<?p ??>`, "<?p\n?>", `<?xml-stylesheet href="x"?>`, `<?_?>`, `<?ä?>`,
	`<?`, `<??>`, `<? p?>`, `<?p`, `<?p?`, `<?p >`, `<?xml?>`, `<?XML x?>`, `<?xMl ?>`, `<?xml version="1.0"?>`, `<?1?>`, `<?p+?>`, "<?p \x01?>", "<?p \xff?>",
	`<a/>`, `<a></a>`, `<a ></a >`, "<a\n/>", `<a><b/></a>`, `<a>text<b/>text</a>`, `<ä/>`, `<_a.b-c1/>`, `<a:b xmlns:a="x"/>`, `<a xmlns="x"/>`,
	`<a b="c"/>`, `<a b='c'/>`, `<a b = "c"/>`, "<a\tb\n=\r'c'/>", `<a b="&lt;&#65;'"/>`, `<a b='"'/>`, `<a b=">"/>`, `<a b=""/>`, `<a b="1" c="2"/>`, "<a b='\n'/>", `<a b="ä"/>`, `<a ä="b"/>`, `<a b="]]>"/>`,
	`<`, `< a/>`, `<a`, `<a/`, `<a>`, `</a>`, `<a></b>`, `<a></a b="c">`, `<a></a`, `<a></ a>`, `<a/ >`, `<a//>`, `<a><b></a></b>`, `<A></a>`, `<>`, `</>`, `<a><</a>`, `<1/>`, `<-a/>`, `<.a/>`, `<a+b/>`, `<a\>`, `<a,b/>`,
	`<a b/>`, `<a b=c/>`, `<a b="c/>`, `<a b="c'/>`, `<a b="c"d="e"/>`, `<a b="<"/>`, `<a b="&"/>`, `<a b="&x;"/>`, `<a b="1" b="2"/>`, `<a b="1" B="2"/>`, `<a "c"/>`, `<a =/>`, `<a ="c"/>`, `<a 1b="c"/>`, `<a b=" c" =""/>`, "<a b='\x01'/>", "<a b='\xff'/>", `<a b="c" / >`, `<a b="c"/`, `<a b==“c”/>`,
	`<!DOCTYPE a>`, `<!ENTITY a "b">`, `<!ELEMENT a ANY>`, `<!a>`, `%a;`,
}

// documents are whole documents, some well-formed and some not.
var documents = []string{
	``, ` `, `x`, `<packet/>`, `<packet></packet>`, ` <packet/> `, "\n<packet/>\n", `<packet/>x`, `x<packet/>`, `<packet/><packet/>`, `<packet/></packet>`, `<packet>`, `</packet>`, `<packet/><`, `<packet/>&amp;`, `&#32;<packet/>`, `<packet/><![CDATA[]]>`,
	`<a/>`, `<packet><packet/></packet>`, `<packet/><!-- -->`, `<!-- --><packet/>`, `<?p?><packet/><?p?>`, `<packet/><!-- -- -->`, `<packet/><?xml?>`, `<packet/><!--`, "<packet/>\x00", "<packet/>\ufeff",
	`<?xml version="1.0"?><packet/>`, `<?xml version='1.0'?><packet/>`, `<?xml version = "1.0" ?><packet/>`, `<?xml version="1.0" encoding="UTF-8"?><packet/>`, `<?xml version="1.0" encoding='utf-8' standalone="yes"?><packet/>`, `<?xml version="1.0" standalone="no"?><packet/>`, "<?xml\nversion='1.0'\n?>\n<packet/>",
	`<?xml?><packet/>`, `<?xml ?><packet/>`, `<?xml version?><packet/>`, `<?xml version=?><packet/>`, `<?xml version=1.0?><packet/>`, `<?xml version="1.0'?><packet/>`, `<?xml version="1.0"encoding="UTF-8"?><packet/>`, `<?xml version="1.0" standalone="maybe"?><packet/>`, `<?xml version="1.0" other="x"?><packet/>`, `<?xml version="1.0" version="1.0"?><packet/>`, `<?xml version="1.0"><packet/>`, `<?xml version="1.0"? ><packet/>`, `<?xml version="1.0"`, `<?XML version="1.0"?><packet/>`, `<!-- --><?xml version="1.0"?><packet/>`, `<?xml version="1.0"?><?xml version="1.0"?><packet/>`, `<?xml version="x"?><packet/>`,
	"\ufeff<packet/>", "\ufeff<?xml version='1.0'?><packet/>",
}

// Where the server differs from the oracles, it does so for a reason.
var decided = []struct {
	document  string
	malformed bool
	why       string
}{
	{"\n<?xml version=\"1.0\"?><packet/>", false, "clients build packets with heredocs"},
	{"\ufeff\n<?xml version=\"1.0\"?><packet/>", false, "the same, with a byte-order mark"},
	{`<packet><x>&#x00000000000000000000000000000041;</x></packet>`, true, "no client writes so many zeros"},
}

// A packet is malformed exactly when libxml2 or encoding/xml says so: libxml2
// passes over hardly anything, encoding/xml over what it need not understand.
// The documents are invalid packets, so that the server answers about every one.
func TestWellFormedness(t *testing.T) {
	t.Parallel()
	all := wellFormednessCases()
	byLibxml2 := malformedByLibxml2(t, all)
	for i, document := range all {
		byGo := malformedByGo(document)
		if got := isMalformed(t, document); got != (byLibxml2[i] || byGo) {
			t.Errorf("%q: malformed %v; libxml2 says %v, encoding/xml %v", document, got, byLibxml2[i], byGo)
		}
	}
	for _, d := range decided {
		if got := isMalformed(t, d.document); got != d.malformed {
			t.Errorf("%q: malformed %v, although %s", d.document, got, d.why)
		}
	}
}

// wellFormednessCases puts the contents where the reader walks over what it
// has refused already, where it reads a value, where it expects an element,
// and where it reads an element of any content.
func wellFormednessCases() (all []string) {
	for _, content := range contents {
		all = append(all,
			`<packet><x>`+content+`</x></packet>`,
			`<packet><request-settings><setting><name>`+content+`</name></setting></request-settings><x/></packet>`,
			`<packet>`+content+`<x/></packet>`,
			`<packet><customer><get><filter/><dataset><stat>`+content+`</stat></dataset></get></customer><x/></packet>`,
		)
	}
	return append(all, documents...)
}

// isMalformed tells whether the server refuses a document as malformed, rather
// than as an invalid packet.
func isMalformed(t *testing.T, document string) bool {
	t.Helper()
	code, text := checkOnly(t, document, xmlapi.DefaultLimits)
	if code != 1014 {
		t.Errorf("%q: answer %d %q", document, code, text)
	}
	return !strings.HasPrefix(text, "Parser error: Request is invalid. ")
}

// malformedByGo asks encoding/xml, which leaves it to its caller to count the
// root elements and to look at text around them.
func malformedByGo(document string) bool {
	d := xml.NewDecoder(strings.NewReader(document))
	depth, roots := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return roots != 1
		}
		if err != nil {
			return true
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && strings.Trim(string(token), " \t\r\n\ufeff") != "" {
				return true
			}
		}
	}
}

// malformedByLibxml2 asks xmllint about all documents at once.
func malformedByLibxml2(t *testing.T, documents []string) []bool {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--nonet", "--noout"}
	for i, document := range documents {
		file := filepath.Join(dir, fmt.Sprintf("%05d.xml", i))
		if err := os.WriteFile(file, []byte(document), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	report, _ := exec.Command(xmllint(t), args...).CombinedOutput()
	malformed := make([]bool, len(documents))
	for line := range strings.Lines(string(report)) {
		name, rest, ok := strings.Cut(strings.TrimPrefix(line, dir+string(filepath.Separator)), ".xml:")
		var i int
		if _, err := fmt.Sscanf(name, "%d", &i); !ok || err != nil || i >= len(documents) {
			continue
		}
		if strings.Contains(rest, "parser error :") || strings.Contains(rest, "encoding error :") {
			malformed[i] = true
		}
	}
	return malformed
}
