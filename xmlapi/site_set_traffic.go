package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteSetTraffic stores mail traffic of a day and site: any subset of the four
// counters, in bytes; those not sent stay as they are.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/setting-traffic-data-for-sites.66629/
var siteSetTraffic = registerTraffic("site", ledger.ErrNoSite, func(t *ledger.MailTraffic, r *Reader) {
	t.SiteID = r.Int("dom_id")
	t.Date = r.Date("date")
	for _, counter := range []struct {
		name string
		to   *int64
		bit  ledger.CounterSet
	}{
		{"smtp_in", &t.SMTPIn, ledger.SMTPIn},
		{"smtp_out", &t.SMTPOut, ledger.SMTPOut},
		{"pop3_imap_in", &t.POP3IMAPIn, ledger.POP3IMAPIn},
		{"pop3_imap_out", &t.POP3IMAPOut, ledger.POP3IMAPOut},
	} {
		if r.Next(counter.name) {
			*counter.to = r.Counter(counter.name)
			t.Given |= counter.bit
		}
	}
})
