package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// sender brings totals to one target.
type sender struct {
	id       int64
	name     string
	takes    ledger.CounterSet
	to       Target
	state    *state
	log      *slog.Logger
	now      func() time.Time
	interval time.Duration
	retry    backoff
}

// How much is asked and sent at a time.
const (
	namesPerPacket = 1000
	daysPerPacket  = 1000
)

// How long it is remembered which site a domain is of. A domain that is of no
// site yet is looked up more often, while anything of it waits.
const (
	knownFor   = 24 * time.Hour
	unknownFor = time.Hour
)

func newSender(ctx context.Context, c *Collector, config *TargetConfig, local Target) (*sender, error) {
	t := &sender{name: config.name(), takes: ledger.AllMailCounters, state: c.state, now: c.now, interval: c.config.Interval, retry: retryPolicy}
	t.log = c.log.With("target", t.name)
	if config.Local {
		if local == nil {
			return nil, errors.New("there is no local ledger here")
		}
		t.to, t.takes = local, ledger.AllCounters
	} else {
		var err error
		if t.to, err = newServer(config); err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	var err error
	t.id, err = c.state.targetID(ctx, t.name, c.config.Since)
	return t, err
}

// deliver sends what the target has yet to confirm, and returns how many days of sites
// it did. Domains that were of no site before stale are looked up again.
func (t *sender) deliver(ctx context.Context, stale time.Time) (sent int, err error) {
	sent, err = t.send(ctx, stale)
	if ctx.Err() == nil {
		err = errors.Join(err, t.state.noteDelivery(ctx, t.id, t.now(), err))
	}
	return sent, err
}

func (t *sender) send(ctx context.Context, stale time.Time) (sent int, err error) {
	if err := t.resolve(ctx, stale); err != nil {
		return 0, err
	}
	seq, err := t.state.seq(ctx)
	if err != nil {
		return 0, err
	}
	var after ledger.SiteTraffic
	for {
		page, err := t.state.unsentDays(ctx, t, after, daysPerPacket)
		if err != nil || len(page) == 0 {
			return sent, err
		}
		outcomes, err := t.setTraffic(ctx, page)
		if err != nil {
			return sent, err
		}
		n, err := t.state.settle(ctx, t.id, seq, page, outcomes)
		if sent += n; err != nil {
			return sent, err
		}
		after = page[len(page)-1]
	}
}

// setTraffic sends days, but for those of which the target takes no counter:
// there is nothing to be told of them.
func (t *sender) setTraffic(ctx context.Context, days []ledger.SiteTraffic) ([]error, error) {
	outcomes := make([]error, len(days))
	var given []ledger.SiteTraffic
	var places []int
	for i, d := range days {
		if d.Given != 0 {
			given, places = append(given, d), append(places, i)
		}
	}
	if len(given) == 0 {
		return outcomes, nil
	}
	answered, err := t.to.SetTraffic(ctx, given)
	for i := range answered {
		outcomes[places[i]] = answered[i]
	}
	return outcomes, err
}

// resolve finds the sites of the domains that something is to be sent of.
func (t *sender) resolve(ctx context.Context, stale time.Time) error {
	all, err := t.state.unresolved(ctx, t.id, stale, t.now().Add(-knownFor))
	if err != nil {
		return err
	}
	for domains := range slices.Chunk(all, namesPerPacket) {
		names := make([]string, len(domains))
		for i, d := range domains {
			names[i] = d.name
		}
		ids, err := t.resolveNames(ctx, names)
		if err != nil {
			return err
		}
		if err := t.state.resolved(ctx, t.id, domains, ids, t.now()); err != nil {
			return err
		}
	}
	return nil
}

// resolveNames asks for names, and for those of web servers again without www.
func (t *sender) resolveNames(ctx context.Context, names []string) ([]int64, error) {
	ids, err := t.to.ResolveSites(ctx, names)
	if err != nil {
		return nil, err
	}
	var bare []string
	var places []int
	for i, name := range names {
		if rest, has := strings.CutPrefix(name, "www."); has && ids[i] == 0 {
			bare, places = append(bare, rest), append(places, i)
		}
	}
	if len(bare) == 0 {
		return ids, nil
	}
	found, err := t.to.ResolveSites(ctx, bare)
	for i := range found {
		ids[places[i]] = found[i]
	}
	return ids, err
}

// follow delivers at every interval until the context ends, once what there was
// is read, and holds off while the target is away.
func (t *sender) follow(ctx context.Context, caughtUp <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-caughtUp:
	}
	wait, failures := time.Duration(0), 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		_, err := t.deliver(ctx, t.now().Add(-unknownFor))
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			wait = t.retry.after(failures)
			if !errors.Is(err, ErrTemporary) {
				wait = t.retry.most // a login that fails again and again may be locked
			}
			if failures == 1 {
				t.log.Warn("the target did not take totals; they are kept and sent again", "err", err)
			}
		default:
			if failures > 0 {
				t.log.Info("the target takes totals again")
			}
			wait, failures = t.interval, 0
		}
	}
}

// deliverPatiently delivers, and tries again a few times when the target is
// away.
func (t *sender) deliverPatiently(ctx context.Context, stale time.Time) (sent int, err error) {
	for failures := 1; ; failures++ {
		n, err := t.deliver(ctx, stale)
		if sent += n; err == nil || !errors.Is(err, ErrTemporary) || failures > t.retry.patience {
			return sent, err
		}
		select {
		case <-ctx.Done():
			return sent, ctx.Err()
		case <-time.After(t.retry.after(failures)):
		}
	}
}

// backoff tells how long to wait after failures: twice as long each time, up to
// a bound, and a random part of it, so that not all collectors come at once.
type backoff struct {
	first, most time.Duration
	patience    int // retries of a single run
}

var retryPolicy = backoff{first: time.Second, most: 5 * time.Minute, patience: 4}

func (b backoff) after(failures int) time.Duration {
	wait := b.most
	if failures < 30 {
		wait = min(b.most, b.first<<(failures-1))
	}
	return wait/2 + rand.N(wait/2+1)
}
