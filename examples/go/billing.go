// Package billing is what a billing system tells a server that speaks Plesk's XML
// API: prices and mail traffic of subscriptions. It is an example of a program
// that tests itself with package hostledgertest.
package billing

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/ledger"
)

// Billing sends what it is told until the server answers.
type Billing struct {
	Client   *client.Client
	Attempts int           // at most
	Pause    time.Duration // between two attempts
}

// SetPrice sets what a subscription costs a month, and when it renews.
func (b *Billing) SetPrice(ctx context.Context, subscription int64, price client.Price, renewal string) error {
	cycle := "P1M"
	values := client.Billing{Price: &price, RenewalDate: &renewal, Cycle: &cycle}
	byID := ledger.Filter{By: ledger.ByID, Values: []string{strconv.FormatInt(subscription, 10)}}
	return b.send(ctx, func() ([]client.Result, error) { return b.Client.SetBilling(ctx, byID, values) })
}

// SetTraffic sets the bytes of mail of days. Those that were set before are
// replaced.
func (b *Billing) SetTraffic(ctx context.Context, days ...client.MailTraffic) error {
	return b.send(ctx, func() ([]client.Result, error) { return b.Client.SetTraffic(ctx, days) })
}

// send sends a packet until it is answered, and returns the errors in the
// answer, *client.Error each. All of the above replace what is stored, so sending
// twice is safe.
func (b *Billing) send(ctx context.Context, packet func() ([]client.Result, error)) error {
	var refused *client.Error
	results, err := packet()
	for attempt := 1; err != nil && !errors.As(err, &refused) && attempt < b.Attempts; attempt++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(b.Pause):
		}
		results, err = packet()
	}
	for _, r := range results {
		err = errors.Join(err, r.Err())
	}
	return err
}
