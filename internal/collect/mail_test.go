package collect

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/ledger"
)

// today is the day on which the tests' logs are read.
const today ledger.Date = 2026_11_22

func testOrigin() *origin {
	return &origin{latest: today, zone: time.FixedZone("", 60*60)}
}

// readLog reads a log and returns what was found, as found tells it.
func readLog(p parser, from *origin, log string) string {
	found := newTally()
	for line := range strings.Lines(log) {
		p.parse([]byte(strings.TrimSuffix(line, "\n")), from, found)
	}
	return describe(found)
}

// describe writes a tally as lines, in order: "example.com 2026-11-22 smtp_in
// 123", with "maybe" for domains that may be somebody else's, and "no beginning:
// 1" for what could not be counted.
func describe(found *tally) string {
	counters := []string{"http_in", "http_out", "ftp_in", "ftp_out", "smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out"}
	problems := map[problem]string{
		notUnderstood: "not understood", noBeginning: "no beginning", noDomain: "no domain", badSize: "bad size",
	}
	var lines []string
	for domain, of := range found.domains {
		for _, day := range of.days {
			for i, bytes := range day.counters {
				maybe := ""
				if !of.ours {
					maybe = " maybe"
				}
				if bytes != 0 {
					lines = append(lines, fmt.Sprintf("%s %s %s %d%s\n", domain, day.date, counters[i], bytes, maybe))
				}
			}
		}
	}
	slices.Sort(lines)
	for why, m := range found.problems {
		if m.count > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d\n", problems[problem(why)], m.count))
		}
	}
	return strings.Join(lines, "")
}

type logCase struct{ name, log, want string }

func checkLogs(t *testing.T, newParser func() parser, from *origin, cases []logCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			log := strings.TrimPrefix(c.log, "\n")
			want := strings.TrimPrefix(c.want, "\n")
			if diff := cmp.Diff(want, readLog(newParser(), from, log)); diff != "" {
				t.Errorf("found (+) instead of (-):\n%s", diff)
			}
		})
	}
}

func newBoth() parser { return newMailParser(newPostfix(nil), newDovecot(nil)) }
