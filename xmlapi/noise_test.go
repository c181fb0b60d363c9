package xmlapi_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/xmlapi"
)

// spell writes a packet in another of the forms that XML has for it: with
// comments, processing instructions and white space between elements, with
// character references, CDATA sections and comments in values, and with either
// form of an empty element.
func spell(t testing.TB, packet string, c *rand.Rand) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(packet))
	var out strings.Builder
	opened := "" // a start tag that still lacks its end
	text, isLeaf, depth := "", false, 0
	closeTag := func() {
		if opened != "" {
			out.WriteString(opened + pick(c, "", " ", "\n") + ">")
			opened = ""
		}
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, packet)
		}
		switch token := token.(type) {
		case xml.StartElement:
			closeTag()
			out.WriteString(between(c, depth))
			depth++
			opened = "<" + token.Name.Local
			for _, a := range token.Attr {
				opened += fmt.Sprintf(pick(c, ` %s="%s"`, "\n%s = '%s'"), a.Name.Local, a.Value)
			}
			text, isLeaf = "", true
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			depth--
			switch {
			case isLeaf && text == "" && c.IntN(2) == 0:
				out.WriteString(opened + pick(c, "/>", " />", "\n/>"))
			case isLeaf:
				closeTag()
				out.WriteString(value(c, text) + "</" + token.Name.Local + pick(c, ">", " >", "\t\n>"))
			default:
				closeTag()
				out.WriteString(between(c, depth+1) + "</" + token.Name.Local + pick(c, ">", " >"))
			}
			opened, text, isLeaf = "", "", false
		}
	}
}

func pick(c *rand.Rand, choices ...string) string { return choices[c.IntN(len(choices))] }

// between returns what may stand between elements; no-break spaces, which the
// documentation's samples are indented with, not around the packet.
func between(c *rand.Rand, depth int) string {
	noise := pick(c, "", "", "\n", " \t\r\n", "<!-- <a> & -->", "<?p a=\"b\"?>", "\n  <!---->\n", "\u00a0")
	if depth == 0 {
		noise = strings.TrimSpace(noise)
	}
	return noise
}

// value writes a text. What stands for itself mostly does.
func value(c *rand.Rand, text string) string {
	var out strings.Builder
	for _, char := range text {
		switch c.IntN(12) {
		case 0:
			fmt.Fprintf(&out, "&#%d;", char)
		case 1:
			fmt.Fprintf(&out, "&#x%x;", char)
		case 2:
			out.WriteString("<![CDATA[" + string(char) + "]]>")
		case 3:
			out.WriteString("<!-- x -->" + escaped(char))
		case 4:
			out.WriteString("<?p?>" + escaped(char))
		default:
			out.WriteString(escaped(char))
		}
	}
	return out.String()
}

func escaped(char rune) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;").Replace(string(char))
}

var lineNumber = regexp.MustCompile(`Error in line \d+:`)

// However a packet is spelt, its answer is the same, but for the line of an
// error. The golden packets are spelt anew, and their answers stay.
func TestSpellingChangesNoAnswer(t *testing.T) {
	t.Parallel()
	fixture := readFile(t, filepath.Join(goldenDir, "fixture.xml"))
	for _, operation := range xmlapi.Operations() {
		folder := goldenFolder(operation)
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			s := hostledgertest.New(t)
			s.Fixture(t, fixture)
			random := rand.New(rand.NewPCG(hash(folder), 0))
			for _, request := range goldenRequests(t, folder) {
				packet := spell(t, readFile(t, request), random)
				want := readFile(t, strings.TrimSuffix(request, requestSuffix)+responseSuffix)
				checkSpelt(t, packet, want, post(t, as(s, callerOf(s, request)), packet))
			}
		})
	}
}

func hash(text string) uint64 {
	h := fnv.New64()
	_, _ = io.WriteString(h, text)
	return h.Sum64()
}

func checkSpelt(t testing.TB, packet, want, got string) {
	t.Helper()
	want = lineNumber.ReplaceAllString(want, "Error:")
	got = lineNumber.ReplaceAllString(got, "Error:")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\nthe answer differs (-plain +spelt):\n%s", packet, diff)
	}
}

// A random packet in the plainest form, which the reader takes by its fast
// paths, and the same packet spelt at random: both servers answer the same.
func TestSpellingOfRandomPackets(t *testing.T) {
	t.Parallel()
	fixture := readFile(t, filepath.Join(goldenDir, "fixture.xml"))
	plain, spelt := hostledgertest.New(t), hostledgertest.New(t)
	plain.Fixture(t, fixture)
	spelt.Fixture(t, fixture)
	rapid.Check(t, func(rt *rapid.T) {
		packet := "<packet>" + strings.Join(rapid.SliceOfN(rapid.Custom(randomOperator), 1, 4).Draw(rt, "operators"), "") + "</packet>"
		other := spell(t, packet, rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "spelling"), 0)))
		want, got := post(t, plain.Client(), packet), post(t, spelt.Client(), other)
		if diff := cmp.Diff(lineNumber.ReplaceAllString(want, ""), lineNumber.ReplaceAllString(got, "")); diff != "" {
			rt.Fatalf("%s\n%s\nthe answer differs (-plain +spelt):\n%s", packet, other, diff)
		}
	})
}

func randomOperator(t *rapid.T) string {
	operator := rapid.SampledFrom([]string{"webspace", "site"}).Draw(t, "operator")
	nodes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return randomTraffic(t, operator) }), 1, 5).Draw(t, "nodes")
	return "<" + operator + ">" + strings.Join(nodes, "") + "</" + operator + ">"
}

func randomTraffic(t *rapid.T, operator string) string {
	ids := rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "0", "-1", "+2", "03", "9223372036854775807", "x", ""})
	dates := rapid.SampledFrom([]string{"2026-05-13", "2026-05-14", "2026-05-15", "2026-05-14Z", "0001-01-01", "9999-12-31", "2026-02-30", ""})
	numbers := rapid.OneOf(
		rapid.SampledFrom([]string{"0", "1", "", "999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "-1", "+7", "1.0"}),
		rapid.Map(rapid.Int64Range(0, 1<<40), func(n int64) string { return fmt.Sprint(n) }),
	)
	if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
		return fmt.Sprintf("<get_traffic><filter><id>%s</id><id>2</id></filter><since_date>2026-05-13</since_date><to_date>2026-05-15</to_date></get_traffic>",
			ids.Draw(t, "id"))
	}
	node := "<set_traffic><dom_id>" + ids.Draw(t, "id") + "</dom_id><date>" + dates.Draw(t, "date") + "</date>"
	for _, counter := range []string{"smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out"} {
		if operator == "webspace" || rapid.Bool().Draw(t, "given") {
			node += "<" + counter + ">" + numbers.Draw(t, counter) + "</" + counter + ">"
		}
	}
	return node + "</set_traffic>"
}
