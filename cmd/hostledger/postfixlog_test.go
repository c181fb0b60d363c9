package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/ledger"
)

// postfixLog writes what Postfix logs of messages between sites, and keeps
// itself what their traffic comes to. It writes to the file in pieces that end
// anywhere in a line, until it is flushed.
type postfixLog struct {
	*bufio.Writer
	t       *testing.T
	path    string
	file    *os.File
	day     ledger.Date
	sites   int
	written int64                           // bytes
	want    map[ledger.Date]map[int]mailDay // by the number of the site

	begun, delivered, removed int // messages
}

type mailDay struct{ in, out int64 }

// openFor is how many later messages begin before one is delivered, and again
// until it is removed.
const openFor = 7

func newPostfixLog(t *testing.T, dir string, sites int, day ledger.Date) *postfixLog {
	t.Helper()
	l := &postfixLog{t: t, path: filepath.Join(dir, "mail.log"), sites: sites, day: day, want: map[ledger.Date]map[int]mailDay{}}
	l.open()
	return l
}

// open opens the log, as Postfix does after rotation.
func (l *postfixLog) open() {
	l.t.Helper()
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	l.file, l.Writer = file, bufio.NewWriter(file)
}

// flush brings whole lines into the file.
func (l *postfixLog) flush() {
	l.t.Helper()
	if err := l.Flush(); err != nil {
		l.t.Fatal(err)
	}
}

// message begins a message, and ends those that began long enough before.
func (l *postfixLog) message() {
	l.line("qmgr", l.begun, fmt.Sprintf("from=<a@%s>, size=%d, nrcpt=1 (queue active)", siteDomain(l.sender(l.begun)), l.size(l.begun)))
	l.begun++
	l.goOn(l.begun-openFor, l.begun-2*openFor)
}

// finish ends all messages.
func (l *postfixLog) finish() {
	l.goOn(l.begun, l.begun)
	l.flush()
}

// goOn has so many messages delivered and removed.
func (l *postfixLog) goOn(delivered, removed int) {
	for ; l.delivered < delivered; l.delivered++ {
		from := l.sender(l.delivered)
		to := (from + 1) % l.sites
		l.line("virtual", l.delivered, "to=<b@"+siteDomain(to)+">, relay=virtual, delay=0.1, delays=0.1/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)")
		l.add(from, mailDay{out: l.size(l.delivered)})
		l.add(to, mailDay{in: l.size(l.delivered)})
	}
	for ; l.removed < removed; l.removed++ {
		l.line("qmgr", l.removed, "removed")
	}
}

func (l *postfixLog) sender(n int) int { return n % l.sites }

func (l *postfixLog) size(n int) int64 { return 400 + int64(n)*31 }

func (l *postfixLog) line(program string, message int, text string) {
	n, err := fmt.Fprintf(l, "%sT12:00:00.000000+00:00 mx1 postfix/%s[81]: %010X: %s\n", l.day, program, message, text)
	if err != nil {
		l.t.Error(err)
	}
	l.written += int64(n)
}

func (l *postfixLog) add(site int, more mailDay) {
	sites := l.want[l.day]
	if sites == nil {
		sites = map[int]mailDay{}
		l.want[l.day] = sites
	}
	sum := sites[site]
	sites[site] = mailDay{sum.in + more.in, sum.out + more.out}
}

// wantDay is what a ledger should have of a site and day.
func (l *postfixLog) wantDay(site int, day ledger.Date) client.Day {
	sum := l.want[day][site]
	return client.Day{Date: day, SMTPIn: sum.in, SMTPOut: sum.out}
}
