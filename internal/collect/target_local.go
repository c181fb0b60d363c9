package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// Local is a ledger of this process as a target. It takes all eight counters.
type Local struct {
	Ledger *ledger.Ledger
	As     ledger.Identity // who sets the traffic
}

// ResolveSites implements [Target].
func (l Local) ResolveSites(ctx context.Context, names []string) ([]int64, error) {
	ids := make([]int64, len(names))
	for _, find := range []func(context.Context, []string, []int64) error{l.sites, l.aliases, l.subdomains} {
		if err := find(ctx, names, ids); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrTemporary, err)
		}
	}
	return ids, nil
}

func (l Local) sites(ctx context.Context, names []string, ids []int64) error {
	matches, err := l.Ledger.FindSites(ctx, l.As, ledger.Filter{By: ledger.ByName, Values: names})
	return fill(ids, matches, err)
}

func (l Local) aliases(ctx context.Context, names []string, ids []int64) error {
	matches, err := l.Ledger.FindAliases(ctx, l.As, ledger.Filter{By: ledger.ByName, Values: names})
	if err != nil {
		return err
	}
	for i, m := range matches {
		if m.ID == 0 || ids[i] != 0 {
			continue
		}
		aliases, err := l.Ledger.Aliases(ctx, []int64{m.ID})
		if err != nil {
			return err
		}
		if len(aliases) == 1 {
			ids[i] = aliases[0].SiteID
		}
	}
	return nil
}

func (l Local) subdomains(ctx context.Context, names []string, ids []int64) error {
	matches, err := l.Ledger.FindSubdomains(ctx, l.As, ledger.Filter{By: ledger.ByName, Values: names})
	return fill(ids, matches, err)
}

// fill puts in the ids of objects that were found by names.
func fill(ids []int64, matches []ledger.Match, err error) error {
	for i, m := range matches {
		if ids[i] == 0 {
			ids[i] = m.ID
		}
	}
	return err
}

// SetTraffic implements [Target].
func (l Local) SetTraffic(ctx context.Context, days []ledger.SiteTraffic) ([]error, error) {
	outcomes, err := l.Ledger.SetSiteTraffic(ctx, l.As, days)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTemporary, err)
	}
	for i, outcome := range outcomes {
		if errors.Is(outcome, ledger.ErrNoSite) {
			outcomes[i] = ErrNoSite
		}
	}
	return outcomes, nil
}
