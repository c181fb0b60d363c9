package collect

import (
	"bytes"
	"testing"
)

// FuzzMail: whatever a log has, reading it does not panic, and it tells the same
// when the parser is saved after any line and another one goes on.
func FuzzMail(f *testing.F) {
	f.Add(string(busyLog(3)))
	f.Add(postfixLog(`
qmgr AAAAAA: from=<"a> b"@example.net>, size=10, nrcpt=1 (queue active)
local AAAAAA: to=<b@example.com>, relay=local, delay=1, status=sent (forwarded as BBBBBB)
qmgr BBBBBB: from=<a@example.net>, size=15, nrcpt=2 (queue active)
smtp BBBBBB: to=<c@example.org>, orig_to=<b@example.com>, relay=mx[192.0.2.1]:25, status=bounced (no)
qmgr AAAAAA: removed
qmgr BBBBBB: from=<a@example.net>, status=expired, returned to sender
virtual BBBBBB: to=<b@example.com>, ` + inMail))
	f.Add("Nov 1 13:06:43 mx1 postfix/qmgr[1]: AAAAAA: from=<a@b>, size=1, nrcpt=1\n" +
		"2026-11-22T13:06:43Z mx1 postfix/error[1]: AAAAAA: to=<a@b>, relay=x, status=sent")
	f.Add("Nov 22 13:06:43 mx1 dovecot: message repeated 2 times: [ imap(a@b)<1><x>: Logged out in=1 out=2]\n" +
		"2026-11-22 13:06:43 pop3(a@b): Info: Disconnected top=1/2, retr=1/2, del=0/1, size=2\n")
	f.Add(`<22>1 2026-11-22T13:06:43Z mx1 dovecot - - [a@1 b="\"] "] imap(a@b): Logged out bytes=1/2` + "\n" +
		`{"__REALTIME_TIMESTAMP":"1795302000000000","SYSLOG_IDENTIFIER":["dovecot"],"MESSAGE":[105,109]}`)
	f.Fuzz(func(t *testing.T, log string) {
		atOnce := readLog(newBoth(), testOrigin(), log)
		if piecewise := readLog(&forgetful{parser: newBoth(), t: t}, testOrigin(), log); piecewise != atOnce {
			t.Errorf("line by line the log tells\n%sand at once\n%s", piecewise, atOnce)
		}
	})
}

// forgetful is a parser that is another one after every line.
type forgetful struct {
	parser
	t *testing.T
}

func (p *forgetful) parse(line []byte, from *origin, found *tally) {
	p.parser.parse(line, from, found)
	saved := p.save([]byte("before"))
	next := newBoth()
	if err := next.restore(bytes.TrimPrefix(saved, []byte("before"))); err != nil {
		p.t.Fatal(err)
	}
	p.parser = next
}

// FuzzMailRestore: bytes that nothing saved are refused or taken for what they
// then stay, and never cost more than they are long.
func FuzzMailRestore(f *testing.F) {
	p := newBoth()
	readLog(p, testOrigin(), postfixLog(`
qmgr AAAAAA: from=<a@example.net>, size=10, nrcpt=1 (queue active)
local AAAAAA: to=<b@example.com>, relay=local, delay=1, status=sent (forwarded as BBBBBB)`))
	saved := p.save(nil)
	f.Add(saved)
	for cut := range saved {
		f.Add(saved[:cut])
	}
	f.Add([]byte("\x01\x00\xff\xff\xff\xff\xff\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, saved []byte) {
		p := newPostfix(nil)
		if p.restore(saved) != nil {
			return
		}
		again := newPostfix(nil)
		if err := again.restore(p.save(nil)); err != nil {
			t.Fatal(err)
		}
		if len(again.messages) != len(p.messages) || again.newest != p.newest {
			t.Error("what was restored is not what it is once it is saved and restored again")
		}
	})
}
