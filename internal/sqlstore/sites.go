package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// sitesWithOwners joins each site s with its subscription w, the main site m
// of that, and the owner o.
const sitesWithOwners = `sites s JOIN webspaces w ON w.id = s.webspace_id
	JOIN sites m ON m.id = w.id JOIN accounts o ON o.id = w.owner_id`

// siteInService is the condition that neither a site of sitesWithOwners nor
// what it belongs to is suspended.
const siteInService = `(s.status = 0 AND m.status = 0 AND o.status = 0)`

// SiteIDs implements [ledger.SiteStore].
func (s *Store) SiteIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "o", &args)
	condition, err := selected(by, siteColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding sites: %w", err)
	}
	switch by.By {
	case ledger.ByAll, ledger.ByParentID, ledger.ByParentName, ledger.ByParentGUID:
		condition += " AND s.id <> s.webspace_id"
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `
			SELECT s.id FROM `+sitesWithOwners+` LEFT JOIN sites p ON p.id = s.parent_site_id
			WHERE `+where+` AND `+condition+` ORDER BY s.id`, args...)
		if err != nil {
			return fmt.Errorf("finding sites: %w", err)
		}
		return nil
	})
	return ids, err
}

var siteColumns = map[ledger.By]string{
	ledger.ByID: "s.id", ledger.ByName: "s.name", ledger.ByGUID: "s.guid",
	ledger.ByParentID: "s.webspace_id", ledger.ByParentName: "m.name", ledger.ByParentGUID: "m.guid",
	ledger.ByParentSiteID: "s.parent_site_id", ledger.ByParentSiteName: "p.name", ledger.ByParentSiteGUID: "p.guid",
}

// Sites implements [ledger.SiteStore].
func (s *Store) Sites(ctx context.Context, ids []int64) (found []ledger.Site, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		sites, err := query(ctx, q, scanSite, `
			SELECT s.id, s.webspace_id, m.guid, s.guid, s.name, s.unicode_name, s.created, s.status,
				CASE WHEN s.id = m.id THEN o.status ELSE o.status | m.status END, s.description,
				coalesce(s.settings, w.settings)
			FROM `+sitesWithOwners+` WHERE `+s.dialect.among("s.id", "$1"), s.dialect.list(ids))
		if err != nil {
			return fmt.Errorf("reading sites: %w", err)
		}
		found = inOrder(ids, sites, func(s *ledger.Site) int64 { return s.ID })
		return nil
	})
	return found, err
}

func scanSite(rows *sql.Rows, s *ledger.Site) error {
	var text []byte
	err := rows.Scan(&s.ID, &s.WebspaceID, &s.WebspaceGUID, &s.GUID, &s.Name.ASCII, &s.Name.Unicode,
		&s.Created, &s.Status, &s.HolderStatus, &s.Description, &text)
	if err != nil {
		return err
	}
	var settings siteSettings
	if err := json.Unmarshal(text, &settings); err != nil {
		return fmt.Errorf("reading the settings of site %d: %w", s.ID, err)
	}
	s.Hosting, s.Prefs, s.Performance = settings.Hosting, settings.Prefs, settings.Performance
	return nil
}

// siteSettings is what is kept in the settings of an addon site. The settings
// of a subscription hold the same blocks for its main site.
type siteSettings struct {
	Hosting     ledger.Hosting     `json:"hosting"`
	Prefs       ledger.Prefs       `json:"prefs"`
	Performance ledger.Performance `json:"performance"`
}

// WebspaceSiteIDs implements [ledger.SiteStore].
func (s *Store) WebspaceSiteIDs(ctx context.Context, webspaceID int64) (ids []int64, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `SELECT id FROM sites WHERE webspace_id = $1 ORDER BY id`, webspaceID)
		if err != nil {
			return fmt.Errorf("finding the sites of subscription %d: %w", webspaceID, err)
		}
		return nil
	})
	return ids, err
}

const mainSiteFields = `guid, name, unicode_name, created, status, description`

// mainSiteValues returns what mainSiteFields hold of a subscription.
func mainSiteValues(w *ledger.Webspace) arguments {
	return arguments{w.GUID, w.Name.ASCII, w.Name.Unicode, w.Created, w.Status, w.Description}
}

// insertMainSite adds the main site of a new subscription and returns its id,
// which becomes the subscription's.
func (s *Store) insertMainSite(ctx context.Context, tx *sql.Tx, w *ledger.Webspace) (id int64, err error) {
	const unknown = 0 // the id that is only known afterwards
	args, fields := append(mainSiteValues(w), unknown), mainSiteFields+", webspace_id"
	if w.ID != 0 {
		args.add(w.ID)
		fields += ", id"
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO sites (`+fields+`) VALUES (`+places(len(args))+`) RETURNING id`, args...).Scan(&id)
	if s.dialect.isDuplicate(err) {
		return 0, ledger.ErrExists
	}
	if err != nil {
		return 0, fmt.Errorf("adding site %q: %w", w.Name.ASCII, err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sites SET webspace_id = id WHERE id = $1`, id); err != nil {
		return 0, fmt.Errorf("adding site %q: %w", w.Name.ASCII, err)
	}
	return id, nil
}

func (s *Store) replaceMainSite(ctx context.Context, tx *sql.Tx, id int64, w *ledger.Webspace) error {
	args := mainSiteValues(w)
	values := places(len(args))
	where := ` WHERE id = ` + args.add(id)
	_, err := tx.ExecContext(ctx, `UPDATE sites SET (`+mainSiteFields+`) = (`+values+`)`+where, args...)
	if s.dialect.isDuplicate(err) {
		return ledger.ErrExists
	}
	if err != nil {
		return fmt.Errorf("updating site %d: %w", id, err)
	}
	return nil
}
