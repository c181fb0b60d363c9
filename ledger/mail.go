package ledger

// Mail is how mail of a subscription is handled; nil and empty mean the
// server's default.
type Mail struct {
	None                 bool     `json:"none,omitempty"` // no mail service at all
	NonexistentUser      *Unknown `json:"nonexistent_user,omitempty"`
	Webmail              *string  `json:"webmail,omitempty"`
	SpamProtectSign      *bool    `json:"spam_protect_sign,omitempty"`
	Greylisting          *bool    `json:"greylisting,omitempty"`
	MailService          *bool    `json:"mailservice,omitempty"`
	MailLists            *bool    `json:"maillists,omitempty"` // of a plan
	IPs                  []string `json:"ips,omitempty"`
	ProviderPackage      *string  `json:"provider_package,omitempty"` // empty: the local server
	WebmailCertificate   *string  `json:"webmail_certificate,omitempty"`
	OutgoingMailbox      *string  `json:"outgoing_mailbox,omitempty"`
	OutgoingDomain       *string  `json:"outgoing_domain,omitempty"`
	OutgoingSubscription *string  `json:"outgoing_subscription,omitempty"`
	OutgoingSendmail     *string  `json:"outgoing_sendmail,omitempty"`
	OverlimitPercent     *int64   `json:"overlimit_percent,omitempty"`
}

// Unknown says what happens to mail for users that do not exist.
type Unknown struct {
	Action string `json:"action"`         // bounce, forward or reject
	Text   string `json:"text,omitempty"` // the bounce's text or the forward's address
}

func (m *Mail) merge(u Mail) {
	m.None = u.None
	keep(&m.NonexistentUser, u.NonexistentUser)
	keep(&m.Webmail, u.Webmail)
	keep(&m.SpamProtectSign, u.SpamProtectSign)
	keep(&m.Greylisting, u.Greylisting)
	keep(&m.MailService, u.MailService)
	keep(&m.MailLists, u.MailLists)
	if u.IPs != nil {
		m.IPs = u.IPs
	}
	keep(&m.ProviderPackage, u.ProviderPackage)
	keep(&m.WebmailCertificate, u.WebmailCertificate)
	keep(&m.OutgoingMailbox, u.OutgoingMailbox)
	keep(&m.OutgoingDomain, u.OutgoingDomain)
	keep(&m.OutgoingSubscription, u.OutgoingSubscription)
	keep(&m.OutgoingSendmail, u.OutgoingSendmail)
	keep(&m.OverlimitPercent, u.OverlimitPercent)
}
