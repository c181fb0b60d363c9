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
	// The error is about all of them, and ErrTemporary when the same may work
	// later.
	SetTraffic(ctx context.Context, days []ledger.SiteTraffic) ([]error, error)
}

// What targets return.
var (
	ErrNoSite    = errors.New("there is no such site")
	ErrTemporary = errors.New("the target cannot be used now")
)
