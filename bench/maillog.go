package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"time"
)

const (
	ownDomains     = 2_000  // those of the ledger's subscriptions
	foreignDomains = 20_000 // that mail comes from and goes to
	logDays        = 7
)

// mailLog writes what Postfix logs on a busy host. Many messages are under way
// at a time, so that the lines of one lie apart.
type mailLog struct {
	random   *rand.Rand
	size     int64 // of the whole log, roughly
	since    time.Time
	written  int64
	messages int
	underWay [][]string // the lines that messages still have, without their heads
	traffic  mailTraffic
}

// mailTraffic is what a log comes to by domain, of those of the ledger.
type mailTraffic map[string]*domainMail

// domainMail is a domain's mail: what the collector has to count, and what
// pflogsumm counts, which knows a recipient by the address that aliases led to.
type domainMail struct {
	in, out   int64 // bytes
	delivered messagesAndBytes
	received  messagesAndBytes
}

type messagesAndBytes struct{ messages, bytes int64 }

func (m *messagesAndBytes) add(bytes int64) {
	m.messages++
	m.bytes += bytes
}

// of returns a domain's mail.
func (t mailTraffic) of(domain string) *domainMail {
	if t[domain] == nil {
		t[domain] = &domainMail{}
	}
	return t[domain]
}

// writeMailLog writes a log of a week that ends at an instant, the same one
// every time but for the dates, and returns what it comes to.
func writeMailLog(name string, size int64, end time.Time) (_ mailTraffic, err error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	const atATime = 200
	l := &mailLog{
		random: rand.New(rand.NewPCG(1, 2)), size: size, since: end.AddDate(0, 0, -logDays),
		underWay: make([][]string, atATime), traffic: mailTraffic{},
	}
	out := bufio.NewWriterSize(file, 1<<20)
	for len(l.underWay) > 0 {
		l.writeLine(out)
	}
	return l.traffic, out.Flush()
}

// writeLine writes the next line of some message. As long as the log is to
// grow, another one begins where one ends.
func (l *mailLog) writeLine(out *bufio.Writer) {
	i := l.random.IntN(len(l.underWay))
	if len(l.underWay[i]) == 0 {
		if l.written >= l.size {
			l.underWay = slices.Delete(l.underWay, i, i+1)
			return
		}
		l.underWay[i] = l.newMessage()
	}
	passed := min(float64(l.written)/float64(l.size), 1)
	at := l.since.Add(time.Duration(passed * float64(logDays*24*time.Hour-time.Second)))
	n, _ := fmt.Fprintf(out, "%s mx1 postfix/%s\n", at.Format(time.Stamp), l.underWay[i][0]) // Flush tells the error
	l.written += int64(n)
	l.underWay[i] = l.underWay[i][1:]
}

// newMessage returns the lines of a message of some kind.
func (l *mailLog) newMessage() []string {
	m := &loggedMail{mailLog: l, id: l.queueID(), size: int64(600 + l.random.ExpFloat64()*40_000)}
	const all = 100
	switch kind := l.random.IntN(all); {
	case kind < 45:
		m.incoming()
	case kind < 47:
		m.incomingNotice()
	case kind < 57:
		m.rejected()
	case kind < 62:
		m.forwarded()
	case kind < 90:
		m.outgoing()
	case kind < 96:
		m.deferred()
	default:
		m.bounced()
	}
	const often = 50
	if l.messages%often == 0 {
		m.line("anvil", "statistics: max connection rate %d/60s for (smtp:%s) at %s", 1+l.random.IntN(40), l.address(), l.since.Format(time.Stamp))
	}
	return m.lines
}

// queueID returns a queue id that no other message has.
func (l *mailLog) queueID() string {
	l.messages++
	return fmt.Sprintf("4j%08dzCF", l.messages)
}

// own returns a domain of the ledger: few have much of the mail.
func (l *mailLog) own() string {
	share := l.random.Float64()
	return fmt.Sprintf("site-%d.example", 1+int(share*share*ownDomains))
}

func (l *mailLog) foreign() string {
	share := l.random.Float64()
	return fmt.Sprintf("foreign-%d.example", 1+int(share*share*foreignDomains))
}

func (l *mailLog) address() string {
	return fmt.Sprintf("198.51.%d.%d", l.random.IntN(256), 1+l.random.IntN(254))
}

func (l *mailLog) user() string { return fmt.Sprintf("user%d", l.random.IntN(40)) }
