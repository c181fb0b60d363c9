package collect

import (
	"strings"
	"testing"
)

// postfixLog writes lines such as "qmgr 3F2A1C0042: removed" as syslog has them.
func postfixLog(lines string) string {
	var log strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(lines, "\n")) {
		daemon, text, _ := strings.Cut(line, " ")
		if !strings.Contains(daemon, "/") {
			daemon = "postfix/" + daemon
		}
		log.WriteString("Nov 22 13:06:43 mx1 " + daemon + "[123]: " + text)
	}
	return log.String()
}

const (
	sentAs = ", delay=0.1, delays=0.02/0/0.03/0.05, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4D7)"
	inMail = "relay=virtual" + sentAs
)

// TestPostfix reads the lives of messages.
func TestPostfix(t *testing.T) {
	cases := []logCase{
		{"a message comes in", `
smtpd connect from mail.example.net[192.0.2.1]
smtpd 3F2A1C0042: client=mail.example.net[192.0.2.1]
cleanup 3F2A1C0042: message-id=<1@example.net>
qmgr 3F2A1C0042: from=<a@example.net>, size=1234, nrcpt=1 (queue active)
virtual 3F2A1C0042: to=<b@example.com>, ` + inMail + `
qmgr 3F2A1C0042: removed
smtpd disconnect from mail.example.net[192.0.2.1] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5`, `
example.com 2026-11-22 smtp_in 1234
example.net 2026-11-22 smtp_out 1234 maybe
`},
		{"a message goes out to three", `
qmgr 4cX9ZQ0Hb1z9vBk: from=<a@example.com>, size=1000, nrcpt=3 (queue active)
smtp 4cX9ZQ0Hb1z9vBk: to=<b@example.net>, relay=mx.example.net[192.0.2.1]:25, conn_use=2` + sentAs + `
smtp 4cX9ZQ0Hb1z9vBk: to=<c@example.net>, relay=mx.example.net[192.0.2.1]:25` + sentAs + `
smtp 4cX9ZQ0Hb1z9vBk: to=<c@example.org>, relay=mx.example.org[192.0.2.1]:25` + sentAs, `
example.com 2026-11-22 smtp_out 1000 maybe
example.net 2026-11-22 smtp_in 2000 maybe
example.org 2026-11-22 smtp_in 1000 maybe
`},
		{"alias with and without a domain", `
qmgr 3F2A1C0042: from=<a@example.net>, size=10, nrcpt=2 (queue active)
smtp 3F2A1C0042: to=<b@elsewhere.example>, orig_to=<info@example.com>, relay=mx.example.org[192.0.2.1]:25` + sentAs + `
local 3F2A1C0042: to=<root@mx1.example>, orig_to=<root>, relay=local` + sentAs, `
example.com 2026-11-22 smtp_in 10
example.net 2026-11-22 smtp_out 10 maybe
mx1.example 2026-11-22 smtp_in 10
`},
		{"forwarded by local", `
qmgr AAAAAA: from=<a@example.net>, size=10, nrcpt=1 (queue active)
cleanup BBBBBB: message-id=<1@example.net>
local AAAAAA: to=<b@example.com>, relay=local, delay=1, delays=0/0/0/0, dsn=2.0.0, status=sent (forwarded as BBBBBB)
qmgr BBBBBB: from=<a@example.net>, size=15, nrcpt=1 (queue active)
smtp BBBBBB: to=<c@example.org>, orig_to=<b@example.com>, relay=mx.example.org[192.0.2.1]:25` + sentAs, `
example.com 2026-11-22 smtp_in 15
example.net 2026-11-22 smtp_out 10 maybe
`},
		{"forwarded, the new message begins first", `
qmgr AAAAAA: from=<a@example.net>, size=10, nrcpt=1 (queue active)
qmgr BBBBBB: from=<a@example.net>, size=15, nrcpt=1 (queue active)
local AAAAAA: to=<b@example.com>, relay=local, delay=1, delays=0/0/0/0, dsn=2.0.0, status=sent (forwarded as BBBBBB)
virtual BBBBBB: to=<c@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 15
example.net 2026-11-22 smtp_out 10 maybe
`},
		{"a filter gives the message back", `
qmgr AAAAAA: from=<a@example.net>, size=10, nrcpt=2 (queue active)
smtp AAAAAA: to=<b@example.com>, relay=127.0.0.1[127.0.0.1]:10024` + sentAs + `
pipe AAAAAA: to=<b@example.com>, relay=scanner` + sentAs + `
smtp AAAAAA: to=<b@example.com>, relay=scan.example[192.0.2.7]:10025` + sentAs + `
qmgr AAAAAA: removed
qmgr BBBBBB: from=<a@example.net>, size=15, nrcpt=1 (queue active)
lmtp BBBBBB: to=<b@example.com>, relay=mx1[private/dovecot-lmtp]` + sentAs, `
example.com 2026-11-22 smtp_in 15
example.net 2026-11-22 smtp_out 15 maybe
`},
		{"another port of the filter's host", `
qmgr AAAAAA: from=<a@example.net>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@example.com>, relay=127.0.0.1[127.0.0.1]:10099` + sentAs, `
example.com 2026-11-22 smtp_in 10 maybe
example.net 2026-11-22 smtp_out 10 maybe
`},
		{"bounced", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@example.net>, relay=none, delay=1, delays=0/0/0/0, dsn=5.4.4, status=bounced (Host or domain name not found)
bounce AAAAAA: sender non-delivery notification: BBBBBB
qmgr BBBBBB: from=<>, size=2000, nrcpt=1 (queue active)
qmgr AAAAAA: removed
virtual BBBBBB: to=<a@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 2000
example.com 2026-11-22 smtp_out 10
`},
		{"deferred, then sent", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@example.net>, relay=none, delay=1, delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.1]:25: Connection timed out)
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
qmgr AAAAAA: to=<b@example.net>, relay=none, delay=1, delays=0/0/0/0, dsn=4.3.0, status=deferred (mail transport unavailable)
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@example.net>, relay=mx.example.net[192.0.2.1]:25` + sentAs + `
qmgr AAAAAA: removed`, `
example.com 2026-11-22 smtp_out 10 maybe
example.net 2026-11-22 smtp_in 10 maybe
`},
		{"deferred for too long", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
qmgr AAAAAA: from=<a@example.com>, status=expired, returned to sender
qmgr AAAAAA: removed`, `
example.com 2026-11-22 smtp_out 10 maybe
`},
		{"given up by the administrator", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
qmgr AAAAAA: from=<a@example.com>, status=force-expired, returned to sender`, `
example.com 2026-11-22 smtp_out 10 maybe
`},
		{"deleted by the administrator", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
postsuper AAAAAA: removed
smtp AAAAAA: to=<b@example.net>, relay=none` + sentAs, `
no beginning: 1
`},
		{"put into the queue anew by the administrator", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=2 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail + `
postsuper AAAAAA: requeued
pickup BBBBBB: uid=103 from=<a@example.com> orig_id=AAAAAA
qmgr BBBBBB: from=<a@example.com>, size=15, nrcpt=1 (queue active)
virtual BBBBBB: to=<c@example.com>, ` + inMail + `
virtual AAAAAA: to=<c@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 25
example.com 2026-11-22 smtp_out 10
no beginning: 1
`},
		{"one recipient sent, one later", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=2 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail + `
smtp AAAAAA: to=<b@example.net>, relay=none, delay=1, delays=0/0/0/0, dsn=4.4.1, status=deferred (timed out)
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
qmgr AAAAAA: from=<a@example.com>, status=expired, returned to sender`, `
example.com 2026-11-22 smtp_in 10
example.com 2026-11-22 smtp_out 10
`},
		{"an id is used again", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail + `
qmgr AAAAAA: removed
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 20
example.com 2026-11-22 smtp_out 20
`},
		{"an id is used again, unseen", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail + `
qmgr AAAAAA: from=<a@example.com>, size=11, nrcpt=1 (queue active)
virtual AAAAAA: to=<b@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 21
example.com 2026-11-22 smtp_out 21
`},
		{"an address is only looked at", `
qmgr AAAAAA: from=<double-bounce@mx1.example>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, delays=0/0/0/0, dsn=2.1.5, status=deliverable (250 ok)`, ``},
		{"instances and services", `
postfix-out/qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
postfix/qmgr AAAAAA: from=<a@example.com>, size=20, nrcpt=1 (queue active)
postfix-out/smtp AAAAAA: to=<b@example.net>, relay=none` + sentAs + `
postfix/relay/smtp AAAAAA: to=<b@example.org>, relay=none` + sentAs, `
example.com 2026-11-22 smtp_out 30 maybe
example.net 2026-11-22 smtp_in 10 maybe
example.org 2026-11-22 smtp_in 20 maybe
`},
		{"quoted local parts", `
qmgr AAAAAA: from=<"a>, size=9, nrcpt=1 (queue active) \"@example.org"@example.com>, size=10, nrcpt=1 (queue active)
virtual AAAAAA: to=<"b, c"@example.com>, orig_to=<"d> e"@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 10
example.com 2026-11-22 smtp_out 10
`},
		{"local parts without quotes, before Postfix 3.5", `
qmgr AAAAAA: from=<a b@c@example.com>, size=10, nrcpt=1 (queue active)
virtual AAAAAA: to=<"b, c@example.com>, ` + inMail, `
example.com 2026-11-22 smtp_in 10
example.com 2026-11-22 smtp_out 10
`},
		{"other letters and addresses of hosts", `
qmgr AAAAAA: from=<jürgen@bücher.example>, size=10, nrcpt=1 (queue active)
smtp AAAAAA: to=<b@[192.0.2.1]>, relay=none` + sentAs, `
[192.0.2.1] 2026-11-22 smtp_in 10 maybe
bücher.example 2026-11-22 smtp_out 10 maybe
`},
		{"no domains", `
qmgr AAAAAA: from=<root>, size=10, nrcpt=1 (queue active)
local AAAAAA: to=<root>, relay=local` + sentAs, `
no domain: 2
`},
		{"no beginning", `
virtual AAAAAA: to=<b@example.com>, ` + inMail + `
qmgr BBBBBB: from=<a@example.com>, status=expired, returned to sender
local CCCCCC: to=<b@example.com>, relay=local, delay=1, delays=0/0/0/0, dsn=2.0.0, status=sent (forwarded as DDDDDD)
virtual DDDDDD: to=<b@example.com>, ` + inMail, `
no beginning: 4
`},
		{"forged by what a server says", `
qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=3 (queue active)
smtp AAAAAA: to=<b@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=4.0.0, status=deferred (host said: 450 , to=<c@example.org>, relay=x, status=sent (250 ok))
smtp AAAAAA: host mx.example.net[192.0.2.1] said: 450 to=<c@example.org>, relay=x, status=sent (250 ok)
smtp AAAAAA: to=<b@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (forwarded as BBBBBB)`, `
example.com 2026-11-22 smtp_out 10 maybe
example.net 2026-11-22 smtp_in 10 maybe
`},
		{"other programs and shapes", `
smtpd NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 no; from=<a@example.com>, size=10, nrcpt=1 (queue active)
smtpd AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)
postscreen NOQUEUE: reject: RCPT from [192.0.2.1]:1: 550 5.7.1 no; from=<a@example.com>, to=<b@example.com>, proto=ESMTP
pickup AAAAAA: uid=0 from=<root>
pickup AAAAAA: uid=0 from=<root orig_id=BBBBBB
pickup AAAAAA: uid=0 from=<root> orig_id=
cleanup AAAAAA: to=<b@example.com>, ` + inMail + `
qmgr warning: to=
qmgr AAAAAA: from=<a@example.com
qmgr AAAAAA: from=<a@example.com>, size=99999999999999999999, nrcpt=1 (queue active)
qmgr AAAAAA: from=<a@example.com>, size=10
qmgr AAAAAA:
qmgr AA AA: removed
smtp AAAAAA: to=<b@example.com
smtp AAAAAA: to=<b@example.com>
smtp AAAAAA: to=<b@example.com>, orig_to=<
smtp AAAAAA: to=<b@example.com>, relay=none
smtp AAAAAA: to=<b@example.com>, relay=none, delay=1
smtp AAAAAA: Host offered STARTTLS: [mx.example.net]`, `
bad size: 1
`},
	}
	for i := range cases {
		cases[i].log = postfixLog(cases[i].log)
	}
	newParser := func() parser {
		return newMailParser(newPostfix([]string{"127.0.0.1:10024", "scanner", "smtp:[192.0.2.7]:10025"}), nil)
	}
	checkLogs(t, newParser, testOrigin(), cases)
}

func TestPostfixOfOneDomain(t *testing.T) {
	from := testOrigin()
	from.domain = "site.example"
	checkLogs(t, newBoth, from, []logCase{{"no domains", postfixLog(`
qmgr AAAAAA: from=<root>, size=10, nrcpt=1 (queue active)
local AAAAAA: to=<root>, relay=local` + sentAs), `
site.example 2026-11-22 smtp_in 10
site.example 2026-11-22 smtp_out 10
`}})
}

// TestPostfixDays: a line counts on its own day, a message of another host is
// another one, and one that no line named for ten days is forgotten.
func TestPostfixDays(t *testing.T) {
	const queued = "postfix/qmgr[1]: AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)\n"
	const sent = "postfix/virtual[1]: AAAAAA: to=<b@example.com>, " + inMail + "\n"
	checkLogs(t, newBoth, testOrigin(), []logCase{
		{"past midnight", "Nov 20 23:59:59 mx1 " + queued + "Nov 21 00:00:00 mx1 " + sent,
			"example.com 2026-11-21 smtp_in 10\nexample.com 2026-11-21 smtp_out 10\n"},
		{"past new year", "Dec 31 23:59:59 mx1 " + queued + "Jan  1 00:00:00 mx1 " + sent,
			"example.com 2026-01-01 smtp_in 10\nexample.com 2026-01-01 smtp_out 10\n"},
		{"of two hosts", "Nov 22 00:00:00 mx1 " + queued + "Nov 22 00:00:00 mx2 " + sent, "no beginning: 1\n"},
		{"after ten days", "Nov 11 00:00:00 mx1 " + queued + "Nov 21 00:00:00 mx1 " + sent,
			"example.com 2026-11-21 smtp_in 10\nexample.com 2026-11-21 smtp_out 10\n"},
		{"after eleven days", "Nov 11 00:00:00 mx1 " + queued + "Nov 22 00:00:00 mx1 " + sent, "no beginning: 1\n"},
		{"a clock that is ahead", "Nov 22 00:00:00 mx1 " + queued + "2030-11-22T00:00:00Z mx2 " + queued + "Nov 22 00:00:00 mx1 " + sent,
			"example.com 2026-11-22 smtp_in 10\nexample.com 2026-11-22 smtp_out 10\n"},
	})
}

// TestPostfixRestore: what was saved is refused when it is not whole, and the
// parser goes on with what it had.
func TestPostfixRestore(t *testing.T) {
	p := newBoth()
	readLog(p, testOrigin(), postfixLog("qmgr AAAAAA: from=<a@example.com>, size=10, nrcpt=1 (queue active)\n"))
	saved := p.save(nil)
	for name, broken := range map[string][]byte{
		"another version": append([]byte{99}, saved[1:]...),
		"without an end":  saved[:len(saved)-1],
		"with more":       append(saved[:len(saved):len(saved)], 5),
	} {
		if err := p.restore(broken); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	sent := postfixLog("virtual AAAAAA: to=<b@example.com>, " + inMail)
	if got, want := readLog(p, testOrigin(), sent), "example.com 2026-11-22 smtp_in 10\nexample.com 2026-11-22 smtp_out 10\n"; got != want {
		t.Errorf("found\n%s instead of\n%s", got, want)
	}
}
