package main

import (
	"fmt"

	"github.com/hostledger/hostledger/bench/peers"
	"github.com/hostledger/hostledger/ledger"
)

// measurePocketBase creates records, one a request, by PocketBase's API.
func (b *bench) measurePocketBase(r round) error {
	if b.pocketBase == "" {
		program, err := peers.BuildPocketBase(b.ctx, b.dir)
		if err != nil {
			return b.leaveOut("PocketBase", err)
		}
		b.pocketBase = program
	}
	return b.withFolder(func(dir string) error {
		p, err := peers.StartPocketBase(b.ctx, b.pocketBase, dir)
		if err != nil {
			return b.leaveOut("PocketBase", err)
		}
		defer p.Stop()
		messages := make([]message, b.sizes.peerSingles)
		for n := range messages {
			messages[n] = newRecord(p.Token, record(int64(n)+1, b.today, 0))
		}
		singles := load{16, pocketBaseRate, "", pocketBaseP99, pocketBaseEffort}
		return singles.measure(messengers(p.Address, messages), len(messages), 1, p.Time, r)
	})
}

// newRecord returns the request that creates a record, with its answer.
func newRecord(token string, t ledger.MailTraffic) message {
	record := fmt.Sprintf(`"date":%d,"id":"%015d","pop3_imap_in":%d,"pop3_imap_out":%d,"site":%d,"smtp_in":%d,"smtp_out":%d}`,
		t.Date, t.SiteID, t.POP3IMAPIn, t.POP3IMAPOut, t.SiteID, t.SMTPIn, t.SMTPOut)
	return newPost("/api/collections/traffic/records", "Content-Type: application/json\r\nAuthorization: "+token+"\r\n",
		[]byte("{"+record), []byte(`{"collectionId":"traffic00000000","collectionName":"traffic",`+record+"\n"))
}
