package main

import "fmt"

// loggedMail is a message on its way through Postfix.
type loggedMail struct {
	*mailLog
	id     string
	size   int64
	sender string // an address, empty for nobody's
	domain string // the sender's, if it is the ledger's
	lines  []string
}

// line adds a line of one of Postfix's programs.
func (m *loggedMail) line(program, format string, values ...any) {
	m.lines = append(m.lines, fmt.Sprintf("%s[%d]: ", program, 1000+m.random.IntN(900))+fmt.Sprintf(format, values...))
}

// about adds a line that begins with the queue id.
func (m *loggedMail) about(program, format string, values ...any) {
	m.line(program, m.id+": "+format, values...)
}

// arrive has the message come by SMTP from another host.
func (m *loggedMail) arrive(recipients int) {
	host := fmt.Sprintf("mail.%s[%s]", m.foreign(), m.address())
	m.line("smtpd", "connect from %s", host)
	m.about("smtpd", "client=%s", host)
	m.about("cleanup", "message-id=<%016x.%d@mail.example>", m.random.Uint64(), m.size)
	m.active(recipients)
	m.line("smtpd", "disconnect from %s ehlo=2 starttls=1 mail=1 rcpt=%d data=1 quit=1 commands=%d", host, recipients, recipients+6)
}

// submit has a user of the ledger's domains send the message.
func (m *loggedMail) submit(recipients int) {
	m.domain = m.own()
	m.sender = m.user() + "@" + m.domain
	client := fmt.Sprintf("unknown[%s]", m.address())
	m.line("submission/smtpd", "connect from %s", client)
	m.about("submission/smtpd", "client=%s, sasl_method=PLAIN, sasl_username=%s", client, m.sender)
	m.about("cleanup", "message-id=<%016x@%s>", m.random.Uint64(), m.domain)
	m.active(recipients)
	m.line("submission/smtpd", "disconnect from %s ehlo=2 starttls=1 auth=1 mail=1 rcpt=%d data=1 quit=1 commands=%d", client, recipients, recipients+7)
	mail := m.traffic.of(m.domain)
	mail.out += m.size
	mail.received.add(m.size)
}

func (m *loggedMail) active(recipients int) {
	m.about("qmgr", "from=<%s>, size=%d, nrcpt=%d (queue active)", m.sender, m.size, recipients)
}

// deliver has the message arrive in a mailbox.
func (m *loggedMail) deliver(user, domain, alias string) {
	to := "<" + user + "@" + domain + ">"
	attributes := to
	mail := m.traffic.of(domain)
	mail.delivered.add(m.size)
	if alias != "" {
		attributes += ", orig_to=<info@" + alias + ">"
		mail = m.traffic.of(alias)
	}
	mail.in += m.size
	if m.random.IntN(4) == 0 {
		m.about("virtual", "to=%s, relay=virtual, %s, dsn=2.0.0, status=sent (delivered to maildir)", attributes, m.delays())
		return
	}
	m.about("lmtp", "to=%s, relay=mx1.host.example[private/dovecot-lmtp], %s, dsn=2.0.0, status=sent (250 2.0.0 %s %022X Saved)",
		attributes, m.delays(), to, m.random.Uint64())
}

// relay has another host answer to the message, such as "sent (250 2.0.0 Ok)".
func (m *loggedMail) relay(attributes, domain, dsn, outcome string) {
	m.about("smtp", "to=%s, relay=mx.%s[%s]:25, %s, dsn=%s, status=%s", attributes, domain, m.address(), m.delays(), dsn, outcome)
}

func (m *loggedMail) accepted() string {
	return fmt.Sprintf("sent (250 2.0.0 Ok: queued as %010X)", m.random.Uint32())
}

func (m *loggedMail) delays() string {
	total := m.random.Float64() * 3
	return fmt.Sprintf("delay=%.2g, delays=%.2g/0.01/%.2g/%.2g", total, total/4, total/4, total/2)
}

func (m *loggedMail) removed() { m.about("qmgr", "removed") }

// incoming is mail from abroad. Some of it goes to aliases.
func (m *loggedMail) incoming() {
	const mostRecipients = 3
	recipients := 1 + m.random.IntN(mostRecipients)
	m.sender = m.user() + "@" + m.foreign()
	m.arrive(recipients)
	for range recipients {
		alias := ""
		if m.random.IntN(10) == 0 {
			alias = m.own()
		}
		m.deliver(m.user(), m.own(), alias)
	}
	m.removed()
}

// incomingNotice is a notice from abroad, which has no sender.
func (m *loggedMail) incomingNotice() {
	m.arrive(1)
	m.deliver(m.user(), m.own(), "")
	m.removed()
}

// rejected is mail that was not taken.
func (m *loggedMail) rejected() {
	host := fmt.Sprintf("unknown[%s]", m.address())
	m.line("smtpd", "connect from %s", host)
	m.line("smtpd", "NOQUEUE: reject: RCPT from %s: 554 5.7.1 <%s@%s>: Relay access denied; from=<%s@%s> to=<%s@%s> proto=ESMTP helo=<%s>",
		host, m.user(), m.foreign(), m.user(), m.foreign(), m.user(), m.foreign(), m.foreign())
	m.line("smtpd", "disconnect from %s ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4", host)
}

// forwarded is mail from abroad whose recipient has it sent on.
func (m *loggedMail) forwarded() {
	m.sender = m.user() + "@" + m.foreign()
	m.arrive(1)
	alias, domain := m.own(), m.foreign()
	m.relay(fmt.Sprintf("<%s@%s>, orig_to=<%s@%s>", m.user(), domain, m.user(), alias), domain, "2.0.0", m.accepted())
	m.traffic.of(alias).in += m.size
	m.removed()
}

// outgoing is mail of the ledger's domains, to others and to each other.
func (m *loggedMail) outgoing() {
	const mostRecipients = 3
	recipients := 1 + m.random.IntN(mostRecipients)
	m.submit(recipients)
	for i := range recipients {
		if i == 0 && m.random.IntN(4) == 0 {
			m.deliver(m.user(), m.own(), "")
			continue
		}
		domain := m.foreign()
		m.relay("<"+m.user()+"@"+domain+">", domain, "2.0.0", m.accepted())
	}
	m.removed()
}

// deferred is mail that the other host takes later.
func (m *loggedMail) deferred() {
	m.submit(1)
	domain := m.foreign()
	to := "<" + m.user() + "@" + domain + ">"
	const mostTries = 4
	for range 1 + m.random.IntN(mostTries) {
		m.relay(to, domain, "4.7.1", "deferred (host mx."+domain+" said: 451 4.7.1 "+to+": Recipient address rejected: Greylisted (in reply to RCPT TO command))")
		m.active(1)
	}
	m.relay(to, domain, "2.0.0", m.accepted())
	m.removed()
}

// bounced is mail that no host takes: its sender gets a notice.
func (m *loggedMail) bounced() {
	m.submit(1)
	domain := m.foreign()
	to := "<" + m.user() + "@" + domain + ">"
	m.relay(to, domain, "5.1.1", "bounced (host mx."+domain+" said: 550 5.1.1 "+to+": Recipient address rejected: User unknown (in reply to RCPT TO command))")
	const aboutIt = 2000 // bytes
	notice := &loggedMail{mailLog: m.mailLog, id: m.queueID(), size: m.size + aboutIt}
	m.line("bounce", "%s: sender non-delivery notification: %s", m.id, notice.id)
	m.removed()
	notice.about("cleanup", "message-id=<%016x@mx1.host.example>", m.random.Uint64())
	notice.active(1)
	notice.deliver(m.user(), m.domain, "")
	notice.removed()
	m.lines = append(m.lines, notice.lines...)
}
