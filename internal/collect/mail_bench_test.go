package collect

import (
	"bytes"
	"fmt"
	"testing"
)

// busyLog returns what a busy Postfix logs of n messages: each comes from
// another host by SMTP, and goes to one or two recipients, here or elsewhere.
// Four of five senders are of 500 domains, recipients here of 200.
func busyLog(n int) []byte {
	var log bytes.Buffer
	for i := range n {
		write := func(daemon, format string, values ...any) {
			fmt.Fprintf(&log, "Nov 22 %02d:%02d:%02d mx1 postfix/%s[%d]: ", i/3600%24, i/60%60, i%60, daemon, 1000+i%977)
			fmt.Fprintf(&log, format, values...)
			log.WriteByte('\n')
		}
		id := fmt.Sprintf("4cX9ZQ%07dz9vBk", i)
		client := fmt.Sprintf("mail-%d.sender%d.example[192.0.2.%d]", i%7, i%500, i%250)
		write("smtpd", "connect from %s", client)
		write("smtpd", "%s: client=%s", id, client)
		write("cleanup", "%s: message-id=<%032x.%d@sender%d.example>", id, i, i, i%500)
		write("qmgr", "%s: from=<newsletter-%d@sender%d.example>, size=%d, nrcpt=%d (queue active)", id, i%13, i%500, 2000+i%90000, 1+i%2)
		write("smtpd", "disconnect from %s ehlo=2 starttls=1 mail=1 rcpt=%d data=1 quit=1 commands=%d", client, 1+i%2, 6+i%2)
		write("lmtp", "%s: to=<user%d@hosted%d.example>, relay=mx1.hosted.example[private/dovecot-lmtp], delay=0.21, delays=0.12/0.01/0.01/0.07, dsn=2.0.0, status=sent (250 2.0.0 <user%d@hosted%d.example> %016x Saved)", id, i%40, i%200, i%40, i%200, i)
		if i%2 == 1 {
			write("smtp", "%s: to=<someone@remote%d.example>, relay=mx%d.remote%d.example[198.51.100.%d]:25, delay=1.2, delays=0.12/0.01/0.52/0.55, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %012X)", id, i%300, i%3, i%300, i%250, i)
		}
		write("qmgr", "%s: removed", id)
		if i%20 == 0 {
			write("anvil", "statistics: max connection rate 3/60s for (smtp:%s) at Nov 22 13:06:43", client)
		}
	}
	return log.Bytes()
}

// BenchmarkPostfix cuts a log into lines and reads them.
func BenchmarkPostfix(b *testing.B) {
	log := busyLog(50_000)
	p, from := newMailParser(newPostfix(nil), nil), testOrigin()
	b.SetBytes(int64(len(log)))
	b.ReportAllocs()
	for b.Loop() {
		found := newTally()
		for rest := log; len(rest) > 0; {
			end := bytes.IndexByte(rest, '\n')
			p.parse(rest[:end], from, found)
			rest = rest[end+1:]
		}
		if len(found.domains) != 500+200+150 {
			b.Fatalf("%d domains were found", len(found.domains))
		}
	}
}
