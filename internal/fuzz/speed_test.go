package fuzz_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// BenchmarkReader reads bulk packets of the same traffic, written in different
// ways: only the plain one suits the reader's fast paths. The last node is
// invalid, so that a packet is read whole and nothing of it executed.
func BenchmarkReader(b *testing.B) {
	plain := trafficPacket()
	for _, way := range []struct{ name, pattern, replacement string }{
		{"plain", `^`, ``},
		{"spaced", `/?>`, ` $0`},
		{"padded", `>(\d[^<]*)<`, `> $1 <`},
		{"references", `>(\d)`, `>&#32;$1`},
		{"sections", `>(\d[^<]*)<`, `><![CDATA[$1]]><`},
		{"comments", `(\d)</`, `$1<!-- of the day --></`},
		{"attributes", `<[a-z]\w*`, `$0 xmlns:x="urn:x"`},
	} {
		packet := regexp.MustCompile(way.pattern).ReplaceAllString(plain, way.replacement)
		b.Run(way.name, func(b *testing.B) { benchmarkReading(b, packet) })
	}
}

func benchmarkReading(b *testing.B, packet string) {
	api := &xmlapi.API{Limits: xmlapi.DefaultLimits}
	request := xmlapi.Request{
		Authenticate: func(context.Context) (ledger.Identity, error) { return ledger.Identity{Role: ledger.RoleAdmin}, nil },
	}
	refusal := fmt.Sprintf("Error in line %d: Element 'last'", strings.Count(packet, "\n")+1)
	var out bytes.Buffer
	b.SetBytes(int64(len(packet)))
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		request.Body = strings.NewReader(packet)
		if err := api.Answer(context.Background(), request, &out); err != nil {
			b.Fatal(err)
		}
		if !strings.Contains(out.String(), refusal) {
			b.Fatalf("the packet was refused with %q instead of %q", out.String(), refusal)
		}
	}
}

// trafficPacket returns a packet of some 2 MB.
func trafficPacket() string {
	var packet strings.Builder
	packet.WriteString("<packet version=\"1.6.3.0\">\n<webspace>\n")
	for n := range 9000 {
		packet.WriteString("<set_traffic>\n")
		for _, field := range []struct {
			name  string
			value any
		}{
			{"dom_id", n + 1}, {"date", "2026-01-01"}, {"smtp_in", 20260101000000 + n}, {"smtp_out", 7100200 + n},
			{"pop3_imap_in", 89000 + n}, {"pop3_imap_out", 5000100200 + n},
		} {
			fmt.Fprintf(&packet, "   <%[1]s>%[2]v</%[1]s>\n", field.name, field.value)
		}
		packet.WriteString("</set_traffic>\n")
	}
	packet.WriteString("<set_traffic><last/></set_traffic></webspace></packet>")
	return packet.String()
}
