package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// SiblingSites implements [ledger.SiteStore].
func (s *Store) SiblingSites(ctx context.Context, ids []int64) (found []ledger.SiteOfWebspace, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = query(ctx, q, scanSiteOfWebspace,
			`WITH homes AS (SELECT webspace_id FROM sites WHERE `+s.dialect.among("id", "$1")+`)
			SELECT id, webspace_id FROM sites WHERE webspace_id IN (SELECT webspace_id FROM homes)
			UNION ALL SELECT id, webspace_id FROM former_sites WHERE webspace_id IN (SELECT webspace_id FROM homes)`, s.dialect.list(ids))
		if err != nil {
			return fmt.Errorf("finding the sites of subscriptions: %w", err)
		}
		return nil
	})
	return found, err
}

func scanSiteOfWebspace(rows *sql.Rows, s *ledger.SiteOfWebspace) error {
	return rows.Scan(&s.SiteID, &s.WebspaceID)
}

// Domains implements [ledger.SiteStore].
func (s *Store) Domains(ctx context.Context, ownerID int64) (domains []ledger.Domain, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		domains, err = query(ctx, q, scanDomain, `
			SELECT s.id, s.id = w.id, coalesce(s.parent_site_id, 0), 0, s.guid, s.name, s.unicode_name,
				CASE WHEN s.id = w.id THEN w.external_id ELSE '' END
			FROM sites s JOIN webspaces w ON w.id = s.webspace_id WHERE w.owner_id = $1
			UNION ALL
			SELECT a.id, FALSE, 0, a.site_id, '', a.name, a.unicode_name, ''
			FROM site_aliases a JOIN sites s ON s.id = a.site_id JOIN webspaces w ON w.id = s.webspace_id WHERE w.owner_id = $1
			ORDER BY 4, 1`, ownerID)
		if err != nil {
			return fmt.Errorf("listing the domains of account %d: %w", ownerID, err)
		}
		return nil
	})
	return domains, err
}

func scanDomain(rows *sql.Rows, d *ledger.Domain) error {
	return rows.Scan(&d.ID, &d.IsMain, &d.ParentSiteID, &d.AliasOf, &d.GUID, &d.Name.ASCII, &d.Name.Unicode, &d.ExternalID)
}
