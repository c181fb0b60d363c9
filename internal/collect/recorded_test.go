package collect

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The logs of testdata/recorded were written by Postfix and Dovecot while known
// mail was sent and known sessions were held; what was sent lies beside them.

// sentMail is a sent.json.
type sentMail struct {
	Domains map[string]struct {
		Notices struct{ Messages, Bytes int64 } // which Postfix made and delivered, as they lie in mailboxes
	}
	Messages []sentMessage
	Received []struct {
		Server, Answer string
		To             []string
		Size           int64
	} `json:"received_by_others"`
}

type sentMessage struct {
	Name, Via, From string
	Size            int64
	Recipients      []struct {
		Address    string
		Deliveries []struct{ To, By, Fate string }
	}
}

// bytesOf are the bytes by domain and counter.
type bytesOf map[string]*counters

func (s bytesOf) add(address string, c counter, bytes int64) {
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	if s[domain] == nil {
		s[domain] = &counters{}
	}
	s[domain][c] += bytes
}

// readRecorded reads a log of testdata/recorded.
func readRecorded(t *testing.T, p parser, name string) (string, bytesOf) {
	t.Helper()
	log, err := os.ReadFile("testdata/recorded/" + name)
	if err != nil {
		t.Fatal(err)
	}
	found := newTally()
	for line := range strings.Lines(string(log)) {
		p.parse([]byte(strings.TrimSuffix(line, "\n")), testOrigin(), found)
	}
	if problems := (&tally{problems: found.problems}); describe(problems) != "" {
		t.Errorf("not counted: %v", found.problems)
	}
	totals := bytesOf{}
	for domain, of := range found.domains {
		for c := range counterCount {
			totals.add(domain, c, of.days[0].counters[c])
		}
		if len(of.days) != 1 || of.days[0].date != today {
			t.Errorf("%s has days %v", domain, of.days)
		}
	}
	return string(log), totals
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile("testdata/recorded/" + name)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecordedPostfix: every domain has the bytes that were sent from it and to
// it, the header included that Postfix puts before each message, and what others
// received is to the byte what was counted for them.
func TestRecordedPostfix(t *testing.T) {
	for _, c := range []struct{ log, sent string }{
		{"postfix/mail.log", "postfix/sent.json"}, // long queue ids, written by Postfix
		{"mail/mail.log", "mail/sent.json"},       // short ones, by rsyslog, with Dovecot's lines between
		{"mail/mail.rfc3339.log", "mail/sent.json"},
	} {
		t.Run(c.log, func(t *testing.T) {
			var sent sentMail
			readJSON(t, c.sent, &sent)
			p := newPostfix([]string{"127.0.0.1:10024"})
			log, found := readRecorded(t, newMailParser(p, nil), c.log)
			if len(p.messages) > 0 {
				t.Errorf("%d messages are open although the queue was empty in the end", len(p.messages))
			}
			checkRecorded(t, found, &sent, log)
		})
	}
}

func checkRecorded(t *testing.T, found bytesOf, sent *sentMail, log string) {
	want := notices(log)
	for domain, of := range want {
		const handedOver = 350 // headers that a notice gets when it is delivered, at most
		lie := sent.Domains[domain].Notices
		if of[smtpIn] > lie.Bytes || of[smtpIn] < lie.Bytes-lie.Messages*handedOver {
			t.Errorf("%s: notices of %d lie in mailboxes, and had %d in the queue", domain, lie.Bytes, of[smtpIn])
		}
	}
	var abroad, received int64
	for i := range sent.Messages {
		abroad += sent.Messages[i].count(t, want, queuedSizes(log, i))
	}
	for _, r := range sent.Received {
		if r.Server == "mail.foreign.example" && strings.HasPrefix(r.Answer, "2") {
			received += r.Size * int64(len(r.To))
		}
	}
	if abroad != received {
		t.Errorf("others received %d and %d were counted", received, abroad)
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("found (+) instead of (-):\n%s", diff)
	}
}

// notices returns what came to domains of the messages that Postfix made of what
// had become of others: they have nobody's address as sender and their own queue
// id in their message id.
func notices(log string) bytesOf {
	came := bytesOf{}
	for _, n := range regexp.MustCompile(`: (\w+): from=<>, size=(\d+)`).FindAllStringSubmatch(log, -1) {
		to := regexp.MustCompile(`: ` + n[1] + `: to=<([^>]*)>`).FindStringSubmatch(log)
		if regexp.MustCompile(` message-id=<(\d+\.)?` + n[1] + `@mx1\.host\.example>`).MatchString(log) {
			size, _ := strconv.ParseInt(n[2], 10, 64)
			came.add(to[1], smtpIn, size)
		}
	}
	return came
}

// queuedSizes returns the sizes with which the log shows a message in the queue:
// that which was sent, and then those that a filter gave back, that were made by
// forwarding, or that postsuper put into the queue anew.
func queuedSizes(log string, number int) []int64 {
	var sizes []int64
	messageID := regexp.MustCompile(`: (\w+): message-id=<` + strconv.Itoa(number) + `@client\.example>`)
	for _, id := range messageID.FindAllStringSubmatch(log, -1) {
		queued := regexp.MustCompile(`: ` + id[1] + `: from=<.*>, size=(\d+), nrcpt=`).FindStringSubmatch(log)
		if queued != nil {
			size, _ := strconv.ParseInt(queued[1], 10, 64)
			sizes = append(sizes, size)
		}
	}
	return sizes
}

// count adds what a message comes to, by the sizes that it had in the queue, and
// returns the bytes that went abroad.
func (m *sentMessage) count(t *testing.T, want bytesOf, queued []int64) (abroad int64) {
	isDone := false
	for i, r := range m.Recipients {
		for _, d := range r.Deliveries {
			isDone = isDone || slices.Contains([]string{"sent", "bounced", "expired", "forwarded"}, d.Fate)
			if d.Fate != "sent" {
				continue
			}
			size := m.deliveredSize(d.By, i, queued)
			want.add(r.Address, smtpIn, size)
			if d.By == "smtp" {
				abroad += size
			}
		}
	}
	if !isDone {
		return 0
	}
	const leastHeader, mostHeader = 90, 260
	if added := queued[0] - m.Size; added < leastHeader || added > mostHeader {
		t.Errorf("%s: %d bytes were sent and %d lay in the queue", m.Name, m.Size, queued[0])
	}
	size := queued[0]
	if strings.HasSuffix(m.Via, "content filter") {
		size = queued[len(queued)-1]
	}
	if m.From != "" {
		want.add(m.From, smtpOut, size)
	}
	return abroad
}

// deliveredSize returns the size of what a recipient got: of the message that was
// made last, unless the first one came to it already.
func (m *sentMessage) deliveredSize(by string, recipient int, queued []int64) int64 {
	if by == "local" || (m.Name == "half delivered, requeued" && recipient == 0) {
		return queued[0]
	}
	return queued[len(queued)-1]
}

// sessionsHeld is a sessions.json, with the bytes that passed between a client
// and Dovecot after the login.
type sessionsHeld struct{ Sessions []heldSession }

type heldSession struct {
	Name, Protocol, User string
	In, Out              int64
}

// TestRecordedDovecot: every domain has the bytes that its users' sessions took
// after the login, but for the end of the line that says LOGOUT, and with all
// that went to a connection which then broke off. Of POP3, Dovecot's own format
// tells only the bytes of messages that went out.
func TestRecordedDovecot(t *testing.T) {
	const dialogue = 250 // bytes of a POP3 session beside messages, at most
	for _, c := range []struct {
		log, held string
		dialogue  int64 // bytes of a POP3 session that the log does not tell, at most
	}{
		{"dovecot/inout.log", "dovecot/inout.json", 0},
		{"dovecot/bytes.log", "dovecot/bytes.json", 0},
		{"mail/mail.log", "mail/sessions.json", dialogue},
		{"mail/mail.rfc3339.log", "mail/sessions.json", dialogue},
	} {
		t.Run(c.log, func(t *testing.T) {
			var held sessionsHeld
			readJSON(t, c.held, &held)
			log, found := readRecorded(t, newMailParser(nil, newDovecot(map[string]string{"web1": "users.example"})), c.log)
			want, least := bytesOf{}, bytesOf{}
			for _, s := range held.Sessions {
				if s.isCounted() {
					s.count(t, log, c.dialogue, want, least)
				}
			}
			for domain, of := range want {
				in, out := found[domain][pop3IMAPIn], found[domain][pop3IMAPOut]
				if in != of[pop3IMAPIn] {
					t.Errorf("%s: pop3_imap_in is %d instead of %d", domain, in, of[pop3IMAPIn])
				}
				if out > of[pop3IMAPOut] || out < least[domain][pop3IMAPOut] {
					t.Errorf("%s: pop3_imap_out is %d instead of %d", domain, out, of[pop3IMAPOut])
				}
				delete(found, domain)
			}
			if len(found) > 0 {
				t.Errorf("nobody had sessions of %v", found)
			}
		})
	}
}

// isCounted tells whether the end of a session tells its bytes.
func (s *heldSession) isCounted() bool {
	return s.Protocol != "managesieve" && s.Name != "wrong password" && s.Name != "no login"
}

// count adds what a session took, and the least of it that the log tells when
// it tells all but so many bytes of the dialogue of POP3.
func (s *heldSession) count(t *testing.T, log string, dialogue int64, want, least bytesOf) {
	in, out, user := s.In, s.Out, s.User
	if s.Protocol == "imap" && strings.Contains(logsOut, ","+s.Name+",") {
		in -= int64(len("\r\n"))
	}
	if s.Name == "gone amid a download" {
		out = isBrokenOff(t, log)
	}
	if user == "web1" {
		user = "web1@users.example"
	}
	if s.Protocol == "imap" {
		dialogue = 0
	}
	if dialogue > 0 {
		in = 0
	}
	want.add(user, pop3IMAPIn, in)
	want.add(user, pop3IMAPOut, out)
	least.add(user, pop3IMAPOut, out-dialogue)
}

// logsOut has the sessions of IMAP that end with LOGOUT.
const logsOut = ",reading headers,reading everything,keeping a copy,inside TLS,IDLE,deleting,user without a domain,"

// isBrokenOff returns what Dovecot logged as sent of the download that a client
// broke off.
func isBrokenOff(t *testing.T, log string) int64 {
	t.Helper()
	m := regexp.MustCompile(`\(FETCH .*(?: out=|bytes=\d+/)(\d+)`).FindStringSubmatch(log)
	if m == nil {
		t.Fatal("no download was broken off")
	}
	size, _ := strconv.ParseInt(m[1], 10, 64)
	return size
}
