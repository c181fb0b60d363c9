package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	largePackets = 4
	largeNodes   = 100_000 // some 17 MB
)

// TestMemoryOfLargePackets posts several large packets, none of which ends
// before the others have been read, and compares the memory that they took with
// their size.
func TestMemoryOfLargePackets(t *testing.T) {
	p := serveIn(t, t.TempDir())
	sites := addSites(t, p.client(), largePackets)
	idle := p.peakMemory(t)

	var posted, read sync.WaitGroup
	read.Add(largePackets)
	size := 0
	for _, site := range sites {
		nodes := largeTraffic(site)
		size += len(nodes)
		end := &lastPart{Reader: strings.NewReader(`</webspace></packet>`), before: func() {
			read.Done()
			read.Wait()
		}}
		posted.Go(func() {
			answer, err := p.client().Post(t.Context(), io.MultiReader(strings.NewReader(nodes), end), false)
			if err != nil {
				t.Error(err)
				return
			}
			text, err := io.ReadAll(answer)
			if stored := bytes.Count(text, []byte("<status>ok</status>")); err != nil || stored != largeNodes {
				t.Errorf("%d nodes were stored (%v)", stored, err)
			}
		})
	}
	posted.Wait()
	used := p.peakMemory(t) - idle
	t.Logf("%d packets of %d nodes, %d MB together, took %d MB of memory", largePackets, largeNodes, size>>20, used>>20)
	if used > size {
		t.Errorf("packets of %d MB took %d MB of memory", size>>20, used>>20)
	}
}

// largeTraffic returns the packet of a site's traffic but for its end.
func largeTraffic(site int64) string {
	var packet strings.Builder
	packet.WriteString(`<packet><webspace>`)
	for i := range largeNodes {
		fmt.Fprintf(&packet, "<set_traffic><dom_id>%d</dom_id><date>%s</date><smtp_in>%d</smtp_in><smtp_out>%[3]d</smtp_out>"+
			"<pop3_imap_in>%[3]d</pop3_imap_in><pop3_imap_out>%[3]d</pop3_imap_out></set_traffic>\n", site, killFirstDay.AddDays(i%1000), i)
	}
	return packet.String()
}

// lastPart calls a function before it is read for the first time.
type lastPart struct {
	io.Reader
	before func()
	once   sync.Once
}

func (l *lastPart) Read(b []byte) (int, error) {
	l.once.Do(l.before)
	return l.Reader.Read(b)
}

var residentPeak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory returns the most bytes that the process ever had resident.
func (p *process) peakMemory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	peak, err := strconv.Atoi(string(residentPeak.FindSubmatch(status)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return peak << 10
}
