package collect

import (
	"context"
	"errors"

	"github.com/hostledger/hostledger/ledger"
)

// Target is a ledger that totals are sent to.
type Target interface {
	// ResolveSites returns the ids of the sites that domain names are of, in
	// their order: by the name of a site, an alias or a subdomain; 0 for a name
	// that is of none.
	ResolveSites(ctx context.Context, names []string) ([]int64, error)
	// SetTraffic stores totals of days, each instead of what was there. It
	// returns an outcome for each; ErrNoSite when the target has no such site.
	// The error is about all of them.
	SetTraffic(ctx context.Context, days []SiteDay) ([]error, error)
}

// SiteDay is what a site used on a day. Counters that are 0 were not collected
// and leave what the target has.
type SiteDay struct {
	SiteID int64
	Date   ledger.Date
	ledger.Counters
}

// ErrNoSite is the outcome for a site that is not there.
var ErrNoSite = errors.New("there is no such site")

// ErrTemporary is in errors after which the same may work later.
var ErrTemporary = errors.New("the target cannot be used now")
