package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// sitesWithOwners joins each site s with its subscription w, the main site m
// of that, the owner o, and the account v that the owner belongs to.
const sitesWithOwners = `sites s JOIN webspaces w ON w.id = s.webspace_id
	JOIN sites m ON m.id = w.id JOIN accounts o ON o.id = w.owner_id LEFT JOIN accounts v ON v.id = o.owner_id`

// withParents joins the site p that a site of sitesWithOwners is a subdomain of.
const withParents = ` LEFT JOIN sites p ON p.id = s.parent_site_id`

// statusOfOwners adds up the statuses of an owner o and the account v that he
// belongs to.
const statusOfOwners = `(o.status | coalesce(v.status, 0))`

// statusOfParents adds up the statuses of the sites that a subdomain s is of:
// its parent, the parent's parent and so on.
const statusOfParents = `CASE WHEN s.parent_site_id IS NULL THEN 0 ELSE (
	WITH RECURSIVE parents (id, status) AS (
		SELECT s.parent_site_id, 0
		UNION ALL
		SELECT a.parent_site_id, a.status | parents.status FROM parents JOIN sites a ON a.id = parents.id
	) SELECT max(status) FROM parents) END`

// statusOfHolders adds up the statuses of all that a site of sitesWithOwners
// belongs to. A main site has its own status from its subscription.
const statusOfHolders = `(CASE WHEN s.id = m.id THEN 0 ELSE m.status END | ` + statusOfOwners + ` | ` + statusOfParents + `)`

// siteInService is the condition that neither a site of sitesWithOwners nor
// what it belongs to is suspended.
const siteInService = `(s.status = 0 AND ` + statusOfHolders + ` = 0)`

// SiteIDs implements [ledger.SiteStore].
func (s *Store) SiteIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector) (ids []int64, err error) {
	condition := "TRUE"
	switch by.By {
	case ledger.ByAll, ledger.ByParentID, ledger.ByParentName, ledger.ByParentGUID:
		condition = "s.id <> s.webspace_id"
	}
	return s.siteIDs(ctx, scope, by, siteColumns, condition)
}

var siteColumns = map[ledger.By]string{
	ledger.ByID: "s.id", ledger.ByName: "s.name", ledger.ByGUID: "s.guid",
	ledger.ByParentID: "s.webspace_id", ledger.ByParentName: "m.name", ledger.ByParentGUID: "m.guid",
	ledger.ByParentSiteID: "s.parent_site_id", ledger.ByParentSiteName: "p.name", ledger.ByParentSiteGUID: "p.guid",
}

// SubdomainIDs implements [ledger.SiteStore].
func (s *Store) SubdomainIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector) ([]int64, error) {
	return s.siteIDs(ctx, scope, by, subdomainColumns, "s.parent_site_id IS NOT NULL")
}

var subdomainColumns = map[ledger.By]string{ledger.ByID: "s.id", ledger.ByName: "s.name", ledger.BySiteName: "p.name"}

// siteIDs returns the ids of the sites that a selector picks and that are of
// the kind of a condition.
func (s *Store) siteIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector, columns map[ledger.By]string, kind string) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "o", &args)
	condition, err := selected(by, columns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding sites: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `
			SELECT s.id FROM `+sitesWithOwners+withParents+`
			WHERE `+where+` AND `+condition+` AND `+kind+` ORDER BY s.id`, args...)
		if err != nil {
			return fmt.Errorf("finding sites: %w", err)
		}
		return nil
	})
	return ids, err
}

// Sites implements [ledger.SiteStore].
func (s *Store) Sites(ctx context.Context, ids []int64) (found []ledger.Site, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = s.sites(ctx, q, ids)
		return err
	})
	return found, err
}

// AddSite implements [ledger.SiteStore].
func (s *Store) AddSite(ctx context.Context, site *ledger.Site, admit func(ledger.Use) error) error {
	return s.adding(ctx, &site.ID, func(ctx context.Context, tx *sql.Tx) error {
		home, err := s.sites(ctx, tx, []int64{cmp.Or(site.ParentSiteID, site.WebspaceID)})
		if err != nil {
			return err
		}
		if len(home) == 0 {
			return ledger.ErrNotFound
		}
		use, err := s.countUse(ctx, tx, []int64{site.WebspaceID})
		if err != nil {
			return err
		}
		if err := admit(use[site.WebspaceID]); err != nil {
			return err
		}
		id, err := s.insertSite(ctx, tx, site)
		if err != nil {
			return err
		}
		site.ID = id
		return s.record(ctx, tx, ledger.SiteEvents(nil, site)...)
	})
}

// UpdateSite implements [ledger.SiteStore].
func (s *Store) UpdateSite(ctx context.Context, id int64, change func(*ledger.Site) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.sites(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		if found[0].IsMain() {
			return ledger.ErrFailed
		}
		before, site := found[0], &found[0]
		if err := change(site); err != nil {
			return err
		}
		if err := s.replaceSite(ctx, tx, site); err != nil {
			return err
		}
		if err := s.renameSubdomains(ctx, tx, id, before.Name, site.Name); err != nil {
			return err
		}
		return s.record(ctx, tx, ledger.SiteEvents(&before, site)...)
	})
}

// DeleteSite implements [ledger.SiteStore].
func (s *Store) DeleteSite(ctx context.Context, id int64) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.sites(ctx, tx, []int64{id})
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return ledger.ErrNotFound
		case found[0].IsMain():
			return ledger.ErrFailed
		}
		family, err := queryIDs(ctx, tx, `
			WITH RECURSIVE family (id) AS (
				SELECT CAST($1 AS BIGINT) UNION SELECT s.id FROM sites s JOIN family f ON s.parent_site_id = f.id
			) SELECT id FROM family ORDER BY id DESC`, id)
		if err != nil {
			return fmt.Errorf("finding the subdomains of site %d: %w", id, err)
		}
		if err := s.recordDeletedSites(ctx, tx, family); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO former_sites (id, webspace_id)
			SELECT id, webspace_id FROM sites WHERE `+s.dialect.among("id", "$1"), s.dialect.list(family))
		if err != nil {
			return fmt.Errorf("keeping the traffic of site %d: %w", id, err)
		}
		// Subdomains and aliases are deleted with the site that they refer to.
		if _, err := tx.ExecContext(ctx, `DELETE FROM sites WHERE id = $1`, id); err != nil {
			return fmt.Errorf("deleting site %d: %w", id, err)
		}
		return nil
	})
}

// CountUse implements [ledger.SiteStore].
func (s *Store) CountUse(ctx context.Context, webspaceIDs []int64) (use map[int64]ledger.Use, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		use, err = s.countUse(ctx, q, webspaceIDs)
		return err
	})
	return use, err
}

func (s *Store) countUse(ctx context.Context, q querier, webspaceIDs []int64) (map[int64]ledger.Use, error) {
	type count struct {
		webspace int64
		ledger.Use
	}
	counts, err := query(ctx, q,
		func(rows *sql.Rows, c *count) error {
			return rows.Scan(&c.webspace, &c.Sites, &c.Subdomains, &c.Aliases)
		}, `
		SELECT s.webspace_id, count(*) - count(s.parent_site_id), count(s.parent_site_id),
			sum((SELECT count(*) FROM site_aliases a WHERE a.site_id = s.id))
		FROM sites s WHERE `+s.dialect.among("s.webspace_id", "$1")+` GROUP BY s.webspace_id`, s.dialect.list(webspaceIDs))
	if err != nil {
		return nil, fmt.Errorf("counting the sites of subscriptions: %w", err)
	}
	use := make(map[int64]ledger.Use, len(counts))
	for _, c := range counts {
		use[c.webspace] = c.Use
	}
	return use, nil
}

func (s *Store) sites(ctx context.Context, q querier, ids []int64) ([]ledger.Site, error) {
	found, err := query(ctx, q, scanSite, `
		SELECT s.id, s.webspace_id, m.guid, s.parent_site_id, coalesce(p.name, ''), coalesce(p.unicode_name, ''),
			s.guid, s.name, s.unicode_name, s.created, s.status, `+statusOfHolders+`, s.description, s.settings, w.settings
		FROM `+sitesWithOwners+withParents+` WHERE `+s.dialect.among("s.id", "$1"), s.dialect.list(ids))
	if err != nil {
		return nil, fmt.Errorf("reading sites: %w", err)
	}
	if err := s.furnishMainSites(ctx, q, found); err != nil {
		return nil, err
	}
	return inOrder(ids, found, func(s *ledger.Site) int64 { return s.ID }), nil
}

// furnishMainSites gives main sites the blocks of their subscriptions.
func (s *Store) furnishMainSites(ctx context.Context, q querier, sites []ledger.Site) error {
	var mains []int64
	for i := range sites {
		if sites[i].IsMain() {
			mains = append(mains, sites[i].ID)
		}
	}
	if len(mains) == 0 {
		return nil
	}
	webspaces, err := s.webspaces(ctx, q, mains)
	if err != nil {
		return err
	}
	settings := make(map[int64]ledger.Settings, len(webspaces))
	for i := range webspaces {
		settings[webspaces[i].ID] = webspaces[i].Settings()
	}
	for i := range sites {
		if site := &sites[i]; site.IsMain() {
			of := settings[site.ID]
			site.Hosting, site.Prefs, site.Performance, site.TurnOffAction = of.Hosting, of.Prefs, of.Performance, of.TurnOffAction
		}
	}
	return nil
}

func scanSite(rows *sql.Rows, s *ledger.Site) error {
	var own, ofWebspace []byte
	var parent sql.NullInt64
	err := rows.Scan(&s.ID, &s.WebspaceID, &s.WebspaceGUID, &parent, &s.ParentName.ASCII, &s.ParentName.Unicode,
		&s.GUID, &s.Name.ASCII, &s.Name.Unicode, &s.Created, &s.Status, &s.HolderStatus, &s.Description, &own, &ofWebspace)
	if err != nil {
		return err
	}
	s.ParentSiteID = parent.Int64
	if own == nil {
		return nil // a main site: see furnishMainSites
	}
	var settings, webspace siteSettings
	if err := json.Unmarshal(ofWebspace, &webspace); err != nil {
		return fmt.Errorf("reading the settings of subscription %d: %w", s.WebspaceID, err)
	}
	if err := json.Unmarshal(own, &settings); err != nil {
		return fmt.Errorf("reading the settings of site %d: %w", s.ID, err)
	}
	settings.Hosting.IPs = webspace.Hosting.IPs
	s.Hosting, s.Prefs, s.Performance = settings.Hosting, settings.Prefs, settings.Performance
	s.MailService, s.TurnOffAction = settings.MailService, settings.TurnOffAction
	return nil
}

// siteSettings is what is kept in the settings of an addon site.
type siteSettings struct {
	Hosting       ledger.Hosting     `json:"hosting"`
	Prefs         ledger.Prefs       `json:"prefs"`
	Performance   ledger.Performance `json:"performance"`
	MailService   *bool              `json:"mailservice,omitempty"`
	TurnOffAction string             `json:"turn_off_action,omitempty"`
}

// WebspaceSiteIDs implements [ledger.SiteStore].
func (s *Store) WebspaceSiteIDs(ctx context.Context, webspaceID int64) (ids []int64, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `SELECT id FROM sites WHERE webspace_id = $1
			UNION ALL SELECT id FROM former_sites WHERE webspace_id = $1 ORDER BY id`, webspaceID)
		if err != nil {
			return fmt.Errorf("finding the sites of subscription %d: %w", webspaceID, err)
		}
		return nil
	})
	return ids, err
}
