package xmlapi

import "github.com/hostledger/hostledger/ledger"

var mailActions = []string{"bounce", "forward", "reject"}

// mail reads a mail element (WebspaceMailPreferences).
func (r *Reader) mail(name string) (m ledger.Mail) {
	if !r.Enter(name) {
		return m
	}
	if r.Next("none") {
		r.Any("none")
		m.None = true
	} else {
		r.mailHandling(&m)
	}
	r.outgoingMail(&m)
	r.Leave()
	return m
}

// planMail reads a mail element of a service plan (DomainTemplateMailPreferences).
func (r *Reader) planMail(name string) (m ledger.Mail) {
	if !r.Enter(name) {
		return m
	}
	m.NonexistentUser = r.nonexistentUser("nonexistent-user")
	m.Webmail = r.OptString("webmail")
	m.MailLists = r.OptBool("maillists")
	m.MailService = r.OptBool("mailservice")
	r.outgoingMail(&m)
	r.Leave()
	return m
}

func (r *Reader) outgoingMail(m *ledger.Mail) {
	m.OutgoingMailbox = r.OptString("outgoing-messages-mbox-limit")
	m.OutgoingDomain = r.OptString("outgoing-messages-domain-limit")
	m.OutgoingSubscription = r.OptString("outgoing-messages-subscription-limit")
	if r.Next("outgoing-messages-enable-sendmail") {
		sendmail := r.ExactEnum("outgoing-messages-enable-sendmail", "true", "false", "default")
		m.OutgoingSendmail = &sendmail
	}
	m.OverlimitPercent = r.OptInt("outgoing-messages-overlimit-percent")
}

// nonexistentUser reads what happens to mail for users that do not exist.
func (r *Reader) nonexistentUser(name string) *ledger.Unknown {
	if !r.Next(name) || !r.Enter(name) {
		return nil
	}
	var u ledger.Unknown
	if i := r.OneOf(mailActions...); i >= 0 {
		u.Action = mailActions[i]
		if u.Action == "reject" {
			r.Any("reject")
		} else {
			u.Text = r.String(u.Action)
		}
	}
	r.Leave()
	return &u
}

func (r *Reader) mailHandling(m *ledger.Mail) {
	m.NonexistentUser = r.nonexistentUser("nonexistent-user")
	m.Webmail = r.OptString("webmail")
	m.SpamProtectSign = r.OptBool("spam-protect-sign")
	m.Greylisting = r.OptBool("greylisting")
	m.MailService = r.OptBool("mailservice")
	for r.Next("ip_address") {
		m.IPs = append(m.IPs, r.String("ip_address"))
	}
	if r.Next("mail-provider") {
		m.ProviderPackage = r.mailProvider("mail-provider")
	}
	m.WebmailCertificate = r.OptString("webmail-certificate")
}

// mailProvider reads who serves the mail: the local server ("") or a package.
func (r *Reader) mailProvider(name string) *string {
	var provider string
	if !r.Enter(name) {
		return nil
	}
	if r.OneOf("local", "aps") == 0 {
		r.Any("local")
	} else if r.Enter("aps") {
		for range r.All([]string{"package-uid"}, "package-uid") {
			provider = r.String("package-uid")
		}
		r.Leave()
	}
	r.Leave()
	return &provider
}

func (c *Call) writeMail(m *ledger.Mail) {
	w := c.w
	w.Start("mail")
	if m.None {
		w.Empty("none")
	} else {
		c.writeMailHandling(m)
	}
	c.writeOutgoingMail(m)
	w.End("mail")
}

func (c *Call) writePlanMail(m *ledger.Mail) {
	c.w.Start("mail")
	c.writeNonexistentUser(m.NonexistentUser)
	c.w.optText("webmail", m.Webmail)
	c.w.optBool("maillists", m.MailLists)
	c.writeMailService(m)
	c.writeOutgoingMail(m)
	c.w.End("mail")
}

func (c *Call) writeOutgoingMail(m *ledger.Mail) {
	w := c.w
	w.optText("outgoing-messages-mbox-limit", m.OutgoingMailbox)
	w.optText("outgoing-messages-domain-limit", m.OutgoingDomain)
	w.optText("outgoing-messages-subscription-limit", m.OutgoingSubscription)
	w.optText("outgoing-messages-enable-sendmail", m.OutgoingSendmail)
	w.optInt("outgoing-messages-overlimit-percent", m.OverlimitPercent)
}

func (c *Call) writeNonexistentUser(u *ledger.Unknown) {
	c.w.Start("nonexistent-user")
	switch u := either(u, &ledger.Unknown{Action: "reject"}); u.Action {
	case "reject":
		c.w.Empty("reject")
	default:
		c.w.Text(u.Action, u.Text)
	}
	c.w.End("nonexistent-user")
}

func (c *Call) writeMailService(m *ledger.Mail) {
	yes := true
	c.w.Bool("mailservice", *either(m.MailService, &yes))
}

func (c *Call) writeMailHandling(m *ledger.Mail) {
	w := c.w
	c.writeNonexistentUser(m.NonexistentUser)
	w.optText("webmail", m.Webmail)
	w.optBool("spam-protect-sign", m.SpamProtectSign)
	w.optBool("greylisting", m.Greylisting)
	c.writeMailService(m)
	writeIPs(w, m.IPs)
	if m.ProviderPackage != nil {
		w.Start("mail-provider")
		if *m.ProviderPackage == "" {
			w.Empty("local")
		} else {
			w.Start("aps")
			w.Text("package-uid", *m.ProviderPackage)
			w.End("aps")
		}
		w.End("mail-provider")
	}
	w.optText("webmail-certificate", m.WebmailCertificate)
}
