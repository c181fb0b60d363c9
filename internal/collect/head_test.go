package collect

import "testing"

// TestHeads reads the end of a session with every head that it may have.
func TestHeads(t *testing.T) {
	const session = "imap(a@example.com)<12><x+/Y>: Disconnected: Logged out in=1 out=2"
	on := func(day string) string {
		return "example.com " + day + " pop3_imap_in 1\nexample.com " + day + " pop3_imap_out 2\n"
	}
	checkLogs(t, newBoth, testOrigin(), []logCase{
		{"traditional", "Nov 22 13:06:43 mx1 dovecot: " + session, on("2026-11-22")},
		{"with a process", "Nov 22 13:06:43 mx1 dovecot[12]: " + session, on("2026-11-22")},
		{"a day of one digit", "Nov  2 13:06:43 mx1 dovecot: " + session, on("2026-11-02")},
		{"of last year", "Nov 23 13:06:43 mx1 dovecot: " + session, on("2025-11-23")},
		{"of the last leap year", "Feb 29 13:06:43 mx1 dovecot: " + session, on("2024-02-29")},
		{"RFC 3339", "2026-11-22T00:06:43.123456+01:00 mx1 dovecot: " + session, on("2026-11-22")},
		{"RFC 3339 of Greenwich", "2026-11-21T23:06:43Z mx1 dovecot: " + session, on("2026-11-21")},
		{"with a priority", "<22>Nov 22 13:06:43 mx1 dovecot: " + session, on("2026-11-22")},
		{"RFC 5424", "<22>1 2026-11-22T13:06:43Z mx1 dovecot 12 - - " + session, on("2026-11-22")},
		{"RFC 5424 with data", `1 2026-11-22T13:06:43Z mx1 dovecot - - [a@1 b="\"] "][c] ` + "\uFEFF" + session, on("2026-11-22")},
		{"RFC 5424 with blanks for fields", "1 2026-11-22T13:06:43Z      ", ""},
		{"written by Dovecot", "Nov 22 13:06:43 imap(a@example.com)<12><x>: Info: Logged out in=1 out=2", on("2026-11-22")},
		{"written by Dovecot with the year", "2026-11-22 13:06:43 imap(a b@example.com)<12><x>: Info: Logged out in=1 out=2", on("2026-11-22")},
		{"journald", `{"__REALTIME_TIMESTAMP":"1795302000000000","_HOSTNAME":"mx1","SYSLOG_IDENTIFIER":"dovecot","MESSAGE":"` + session + `"}`, on("2026-11-22")},
		{"journald a second earlier", `{"__REALTIME_TIMESTAMP":"1795301999999999","SYSLOG_IDENTIFIER":"dovecot","MESSAGE":"` + session + `"}`, on("2026-11-21")},
		{"journald's bytes", `{"__REALTIME_TIMESTAMP":"1795302000000000","SYSLOG_IDENTIFIER":["dovecot","other"],"MESSAGE":` +
			`[105,109,97,112,40,228,64,97,46,98,41,58,32,68,105,115,99,111,110,110,101,99,116,101,100,32,105,110,61,49,32,111,117,116,61,50]}`,
			"a.b 2026-11-22 pop3_imap_in 1\na.b 2026-11-22 pop3_imap_out 2\n"},
		{"journald without a message", `{"__REALTIME_TIMESTAMP":"1795302000000000","SYSLOG_IDENTIFIER":"dovecot","MESSAGE":null}`, ""},
		{"not JSON", `{"__REALTIME_TIMESTAMP":`, "not understood: 1\n"},
		{"journald without a time", `{"SYSLOG_IDENTIFIER":"dovecot","MESSAGE":"` + session + `"}`, "not understood: 1\n"},
		{"journald of another age", `{"__REALTIME_TIMESTAMP":"9223372036854775807"}`, "not understood: 1\n"},
		{"no such date", "Feb 30 13:06:43 mx1 dovecot: " + session, "not understood: 1\n"},
		{"no such month", "ebM 30 13:06:43 mx1 dovecot: " + session, "not understood: 1\n"},
		{"no stamp", session, "not understood: 1\n"},
		{"a blank line", " ", "not understood: 1\n"},
		{"only a stamp", "Nov 22 13:06:43 ", "not understood: 1\n"},
		{"no program", "Nov 22 13:06:43 mx1 last message repeated 2 times", ""},
		{"another program", "Nov 22 13:06:43 mx1 cron[1]: " + session, ""},
	})
}
