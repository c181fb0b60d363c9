package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// tinySizes are enough to see that everything works.
var tinySizes = sizes{
	decodeBytes: 100_000, fsyncs: 3, sites: 100, days: 2, storedDays: 3,
	thousands: 1, hundreds: 1, singles: 10, concurrent: 40, peerSingles: 10,
	yearSites: 4, years: 4, manyYears: 20, months: 2, panelSites: 100, pages: 3, growthSites: 40, growthRows: 200, logBytes: 500_000,
}

// Every measure that needs nothing but Go and C takes its figures, wrong rows
// and answers are found, and nothing is left behind.
func TestMeasures(t *testing.T) {
	dir := t.TempDir()
	o := options{sizes: tinySizes, rounds: 1, dir: dir, only: namesOf(false)}
	b, err := newBench(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	rounds, err := b.rounds(o)
	if err != nil {
		b.close()
		t.Fatal(err)
	}
	for _, figure := range []figure{
		decodeOurs, commentedSAX, binarySize, laterStart, bulkRewrite, referenceRewrite, newDayRewrite, newDayReference, manyP99,
		manyYearsRate, monthP50, panelFirst, panelWeight, grown(nodesPeak, tinySizes.sites*tinySizes.days), grown(storedMany, tinySizes.growthRows),
		logsEffort, tenthPeak, packedRate, pflogsummRate,
	} {
		if rounds[0][figure] <= 0 {
			t.Errorf("%s was not measured", figure)
		}
	}
	t.Run("rows are read back", func(t *testing.T) { testRowsAreReadBack(t, b) })
	b.close()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func testRowsAreReadBack(t *testing.T, b *bench) {
	s, err := b.roundServer()
	if err != nil {
		t.Fatal(err)
	}
	since, days := b.bulkDays()
	for version := range int64(2) {
		if _, err := post(s.address, b.bulkPacket(version)); err != nil {
			t.Fatal(err)
		}
		if err := s.spotCheck(b.sizes.sites, since, days, version); err != nil {
			t.Error(err)
		}
	}
	if err := s.spotCheck(b.sizes.sites, since, days, 0); err == nil {
		t.Error("the first version was read back after the second had been written")
	}
	if _, err := s.month(b.sizes.sites, b.today, b.today); err == nil {
		t.Error("the month's traffic was taken for that of a day on which there is none")
	}
	unknown := setTraffic(1, func(int) ledger.MailTraffic { return record(int64(b.sizes.sites)+1, since, 0) })
	if _, err := post(s.address, unknown); err == nil {
		t.Error("an error in the place of ok was not noticed")
	}
}

func TestWritePage(t *testing.T) {
	const begins, ends = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
	name := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(name, []byte("before\n"+begins+"old\n"+ends+"after\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	rounds := []round{{decodeOurs: 1000, decodeToken: 50}, {decodeOurs: 1200, decodeToken: 100}, {decodeOurs: 800, decodeToken: 50}}
	text := report(options{command: "go run ./bench -write"}, lines(fullSizes), rounds, "a machine")
	if err := writePage(name, "measured", text); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(page); got != "before\n"+begins+text+ends+"after\n" {
		t.Errorf("the page is now %q", got)
	}
	for _, want := range []string{"`go run ./bench -write`", "1,000 MB/s", "800 – 1,200 MB/s", "50 MB/s", "16.00 ×", "yes"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
}
