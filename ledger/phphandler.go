package ledger

import (
	"context"
	"slices"
	"strings"
)

// PHPHandler is a way of running PHP that a site may name in its hosting
// property php_handler_id. The ledger runs none: the programs that serve the
// sites do.
type PHPHandler struct {
	ID      string // such as plesk-php83-fpm
	Version string // such as 8.3
	Type    string // fpm or fastcgi
	Enabled bool
}

// phpHandlers are those that clients are known to choose from.
var phpHandlers = func() (all []PHPHandler) {
	for _, version := range []string{"7.4", "8.0", "8.1", "8.2", "8.3", "8.4"} {
		for _, kind := range []string{"fpm", "fastcgi"} {
			id := "plesk-php" + strings.ReplaceAll(version, ".", "") + "-" + kind
			all = append(all, PHPHandler{ID: id, Version: version, Type: kind})
		}
	}
	return all
}()

const disabledPHPHandlers = "disabled_php_handlers"

// FindPHPHandlers returns the handlers with the ids, all when there are none.
func (l *Ledger) FindPHPHandlers(ctx context.Context, ids []string) ([]Named[PHPHandler], error) {
	disabled, err := meta[[]string](ctx, l.store, disabledPHPHandlers)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(phpHandlers)
	for i := range all {
		all[i].Enabled = !slices.Contains(disabled, all[i].ID)
	}
	return named(all, ids, func(h *PHPHandler) string { return h.ID }, errNoPHPHandler), nil
}

// EnablePHPHandler offers a handler that FindPHPHandlers returned, or no
// longer. Sites that have it keep it.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) EnablePHPHandler(ctx context.Context, who Identity, id string, enabled bool) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	return l.setOff(l.causedBy(ctx, who), disabledPHPHandlers, id, !enabled)
}

// sitesAtOnce is how many sites are in memory while all are looked through.
const sitesAtOnce = 1000

// PHPHandlerUsage returns the sites that the caller may see by the handler
// that they name, each list by ascending id.
func (l *Ledger) PHPHandlerUsage(ctx context.Context, who Identity) (map[string][]SiteName, error) {
	visible, err := l.store.AccountSites(ctx, who.Scope())
	if err != nil {
		return nil, err
	}
	usage := map[string][]SiteName{}
	for ids := range slices.Chunk(visible.IDs, sitesAtOnce) {
		sites, err := l.store.Sites(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i := range sites {
			if handler, ok := sites[i].Hosting.Properties.Get("php_handler_id"); ok {
				usage[handler] = append(usage[handler], SiteName{sites[i].ID, sites[i].Name})
			}
		}
	}
	return usage, nil
}

// SiteName is a site as far as lists name it.
type SiteName struct {
	ID   int64
	Name DomainName
}

var errNoPHPHandler = Errorf(ErrNotFound, "Php handler does not exists") // as clients know it
