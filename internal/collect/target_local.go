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
	ids, err := l.Ledger.SitesNamed(ctx, l.As, names)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTemporary, err)
	}
	return ids, nil
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
