package collect

import (
	"strings"
	"testing"
)

// TestDovecot reads what Dovecot's programs write, of all versions.
func TestDovecot(t *testing.T) {
	both := func(domain, in, out string) string {
		var lines string
		if in != "0" {
			lines += domain + " 2026-11-22 pop3_imap_in " + in + "\n"
		}
		return lines + domain + " 2026-11-22 pop3_imap_out " + out + "\n"
	}
	cases := []logCase{
		{"2.4 and 2.3", "imap(a@example.com)<12><x/+Y>: Disconnected: Logged out in=123 out=456 deleted=0 expunged=0 trashed=0 hdr_count=0 hdr_bytes=0 body_count=1 body_bytes=77", both("example.com", "123", "456")},
		{"2.3, closed", "imap(a@example.com)<12><x>: Connection closed (UID FETCH finished 0.123 secs ago) in=1 out=2 deleted=0", both("example.com", "1", "2")},
		{"2.3, closed while busy", "imap(a@example.com)<12><x>: Disconnected: Connection closed (IDLE running for 0.001 + waiting input for 7.002 secs, 2 B in + 10+0 B out, state=wait-input) in=10 out=20", both("example.com", "10", "20")},
		{"2.2", "imap(a@example.com): Logged out in=12 out=34", both("example.com", "12", "34")},
		{"2.2, inactive", "imap(a@example.com): Disconnected for inactivity in=12 out=34", both("example.com", "12", "34")},
		{"2.3, inactive", "imap(a@example.com)<12><x>: Disconnected: Inactivity - no input for 1800 secs in=12 out=34", both("example.com", "12", "34")},
		{"bytes", "imap(a@example.com): Disconnected: Logged out bytes=5/6", both("example.com", "5", "6")},
		{"numbers with commas", "imap(a@example.com): Disconnected: Logged out in=5, out=6, deleted=7", both("example.com", "5", "6")},
		{"hibernated", "imap-hibernate(a@example.com)<12><x>: Disconnected: Connection closed in=5 out=6", both("example.com", "5", "6")},
		{"POP3", "pop3(a@example.com)<12><x>: Disconnected: Logged out top=2/30, retr=1/2345, del=0/1, size=2345", both("example.com", "0", "2375")},
		{"POP3 with traffic", "pop3(a@example.com): Disconnected: Logged out top=0/0, retr=1/2345, del=0/1, size=2345, bytes=66/2500", both("example.com", "66", "2500")},
		{"repeated", "message repeated 3 times: [ imap(a@example.com): Logged out in=12 out=34]", both("example.com", "36", "102")},
		{"a reason that looks like numbers", "imap(a@example.com)<1><x>: Disconnected: Connection closed (X in=9 out=9 finished 1 secs ago) in=1 out=2", both("example.com", "1", "2")},

		{"a user with a parenthesis", "imap(o(l)d@example.com)<12><x>: Logged out in=1 out=2", both("example.com", "1", "2")},
		{"a user of other letters", "imap(jürgen@bücher.example)<12><x>: Logged out in=1 out=2", both("bücher.example", "1", "2")},
		{"a master user", "imap(a@example.com*admin@example.net)<12><x>: Logged out in=1 out=2", both("example.com", "1", "2")},
		{"a user without a domain", "imap(web1)<12><x>: Logged out in=1 out=2", both("users.example", "1", "2")},
		{"a user of no known domain", "imap(web2)<12><x>: Logged out in=1 out=2", "no domain: 1\n"},
		{"a user with an empty domain", "imap(web2@)<12><x>: Logged out in=1 out=2", "no domain: 1\n"},

		{"login", "imap-login: Login: user=<a@example.com>, method=PLAIN, rip=::1, lip=::1, mpid=12, session=<x>", ""},
		{"lmtp", "lmtp(a@example.com)<12><x>: Disconnected: Logged out in=1 out=2", ""},
		{"managesieve", "managesieve(a@example.com)<12><x>: Disconnected: Logged out bytes=1/2", ""},
		{"submission", "submission(a@example.com)<12><x>: Disconnected: Logged out in=1 out=2", ""},
		{"what a message has of numbers", "imap(a@example.com)<12><x>: delete: box=INBOX, uid=1, msgid=<1> in=9 out=9", ""},
		{"what a client calls itself", "imap(a@example.com)<12><x>: ID sent: name= in=9 out=9", ""},
		{"no numbers", "imap(a@example.com)<12><x>: Disconnected: Logged out", "not understood: 1\n"},
		{"a number too long", "imap(a@example.com)<12><x>: Logged out in=1234567890123456789 out=1", "not understood: 1\n"},
		{"no end of the name", "imap(a@example.com", ""},
	}
	for i := range cases {
		cases[i].log = "Nov 22 13:06:43 mx1 dovecot: " + strings.TrimSpace(cases[i].log)
	}
	newParser := func() parser { return newMailParser(nil, newDovecot(map[string]string{"web1": "users.example"})) }
	checkLogs(t, newParser, testOrigin(), cases)
}

func TestDovecotOfOneDomain(t *testing.T) {
	from := testOrigin()
	from.domain = "site.example"
	checkLogs(t, newBoth, from, []logCase{
		{"a user without a domain", "Nov 22 13:06:43 mx1 dovecot: imap(bob): Logged out in=1 out=2",
			"site.example 2026-11-22 pop3_imap_in 1\nsite.example 2026-11-22 pop3_imap_out 2\n"},
		{"a user with one", "Nov 22 13:06:43 mx1 dovecot: imap(bob@example.com): Logged out in=1 out=2",
			"example.com 2026-11-22 pop3_imap_in 1\nexample.com 2026-11-22 pop3_imap_out 2\n"},
	})
}
