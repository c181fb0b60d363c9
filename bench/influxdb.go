package main

import (
	"fmt"
	"strings"

	"github.com/hostledger/hostledger/bench/peers"
)

// measureInfluxDB writes points, one a request, in InfluxDB's line protocol.
func (b *bench) measureInfluxDB(r round) error {
	return b.withFolder(func(dir string) error {
		p, err := peers.StartInfluxDB(b.ctx, dir)
		if err != nil {
			return b.leaveOut("InfluxDB", err)
		}
		defer p.Stop()
		var sum int64
		messages := make([]message, b.sizes.peerSingles)
		for n := range messages {
			t := record(int64(n)+1, b.today, 0)
			sum += t.SMTPIn
			line := fmt.Sprintf("traffic,site=%d smtp_in=%di,smtp_out=%di,pop3_imap_in=%di,pop3_imap_out=%di %d",
				t.SiteID, t.SMTPIn, t.SMTPOut, t.POP3IMAPIn, t.POP3IMAPOut, t.Date.Time().Unix())
			messages[n] = newPost("/write?db=ledger&precision=s", "", []byte(line), nil)
		}
		singles := load{16, influxRate, "", influxP99, influxEffort}
		if err := singles.measure(messengers(p.Address, messages), len(messages), 1, p.Time, r); err != nil {
			return err
		}
		answer, err := p.Query(b.ctx, "SELECT count(smtp_in), sum(smtp_in) FROM traffic")
		if want := fmt.Sprintf(",%d,%d]", len(messages), sum); err == nil && !strings.Contains(answer, want) {
			err = fmt.Errorf("InfluxDB has %s, which should hold %q", answer, want)
		}
		return err
	})
}
