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
	m.OutgoingMailbox = r.OptString("outgoing-messages-mbox-limit")
	m.OutgoingDomain = r.OptString("outgoing-messages-domain-limit")
	m.OutgoingSubscription = r.OptString("outgoing-messages-subscription-limit")
	if r.Next("outgoing-messages-enable-sendmail") {
		sendmail := r.ExactEnum("outgoing-messages-enable-sendmail", "true", "false", "default")
		m.OutgoingSendmail = &sendmail
	}
	m.OverlimitPercent = r.OptInt("outgoing-messages-overlimit-percent")
	r.Leave()
	return m
}

func (r *Reader) mailHandling(m *ledger.Mail) {
	if r.Next("nonexistent-user") && r.Enter("nonexistent-user") {
		m.NonexistentUser = &ledger.Unknown{}
		if i := r.OneOf(mailActions...); i >= 0 {
			m.NonexistentUser.Action = mailActions[i]
			if mailActions[i] == "reject" {
				r.Any("reject")
			} else {
				m.NonexistentUser.Text = r.String(mailActions[i])
			}
		}
		r.Leave()
	}
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
	w.optText("outgoing-messages-mbox-limit", m.OutgoingMailbox)
	w.optText("outgoing-messages-domain-limit", m.OutgoingDomain)
	w.optText("outgoing-messages-subscription-limit", m.OutgoingSubscription)
	w.optText("outgoing-messages-enable-sendmail", m.OutgoingSendmail)
	w.optInt("outgoing-messages-overlimit-percent", m.OverlimitPercent)
	w.End("mail")
}

func (c *Call) writeMailHandling(m *ledger.Mail) {
	w := c.w
	w.Start("nonexistent-user")
	switch u := either(m.NonexistentUser, &ledger.Unknown{Action: "reject"}); u.Action {
	case "reject":
		w.Empty("reject")
	default:
		w.Text(u.Action, u.Text)
	}
	w.End("nonexistent-user")
	w.optText("webmail", m.Webmail)
	w.optBool("spam-protect-sign", m.SpamProtectSign)
	w.optBool("greylisting", m.Greylisting)
	service := true
	w.Bool("mailservice", *either(m.MailService, &service))
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
