package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

const mainSiteFields = `guid, name, unicode_name, created, status, description`

// mainSiteValues returns what mainSiteFields hold of a subscription.
func mainSiteValues(w *ledger.Webspace) arguments {
	return arguments{w.GUID, w.Name.ASCII, w.Name.Unicode, w.Created, w.Status, w.Description}
}

// insertMainSite adds the main site of a new subscription and returns its id,
// which becomes the subscription's.
func (s *Store) insertMainSite(ctx context.Context, tx *sql.Tx, w *ledger.Webspace) (id int64, err error) {
	if err := nameIsFree(ctx, tx, w.Name); err != nil {
		return 0, err
	}
	const unknown = 0 // the id that is only known afterwards
	args, fields := append(mainSiteValues(w), unknown), mainSiteFields+", webspace_id"
	if w.ID != 0 {
		if err := s.dialect.reserveID(ctx, tx, "sites", w.ID); err != nil {
			return 0, fmt.Errorf("giving site %q its id: %w", w.Name.ASCII, err)
		}
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
	return s.updateSiteRow(ctx, tx, id, w.Name, mainSiteFields, mainSiteValues(w))
}

const siteFields = mainSiteFields + `, webspace_id, parent_site_id, settings`

// siteValues returns what siteFields hold of an addon site. Its addresses are
// those of the subscription.
func siteValues(s *ledger.Site) (arguments, error) {
	settings := siteSettings{s.Hosting, s.Prefs, s.Performance, s.MailService, s.TurnOffAction}
	settings.Hosting.IPs = nil
	text, err := json.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("writing the settings of site %q: %w", s.Name.ASCII, err)
	}
	return arguments{
		s.GUID, s.Name.ASCII, s.Name.Unicode, s.Created, s.Status, s.Description,
		s.WebspaceID, reference(s.ParentSiteID), string(text),
	}, nil
}

func (s *Store) insertSite(ctx context.Context, tx *sql.Tx, site *ledger.Site) (id int64, err error) {
	if err := nameIsFree(ctx, tx, site.Name); err != nil {
		return 0, err
	}
	args, err := siteValues(site)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO sites (`+siteFields+`) VALUES (`+places(len(args))+`) RETURNING id`, args...).Scan(&id)
	if s.dialect.isDuplicate(err) {
		return 0, ledger.ErrExists
	}
	if err != nil {
		return 0, fmt.Errorf("adding site %q: %w", site.Name.ASCII, err)
	}
	return id, nil
}

func (s *Store) replaceSite(ctx context.Context, tx *sql.Tx, site *ledger.Site) error {
	args, err := siteValues(site)
	if err != nil {
		return err
	}
	return s.updateSiteRow(ctx, tx, site.ID, site.Name, siteFields, args)
}

// updateSiteRow gives a site other fields, of which the name has to be free.
func (s *Store) updateSiteRow(ctx context.Context, tx *sql.Tx, id int64, name ledger.DomainName, fields string, args arguments) error {
	if err := nameIsFreeIn(ctx, tx, "site_aliases", name); err != nil {
		return err
	}
	values := places(len(args))
	where := ` WHERE id = ` + args.add(id)
	_, err := tx.ExecContext(ctx, `UPDATE sites SET (`+fields+`) = (`+values+`)`+where, args...)
	if s.dialect.isDuplicate(err) {
		return ledger.ErrExists
	}
	if err != nil {
		return fmt.Errorf("updating site %d: %w", id, err)
	}
	return nil
}

// renameSubdomains gives the subdomains of a site that has another name names
// under that.
func (s *Store) renameSubdomains(ctx context.Context, tx *sql.Tx, id int64, from, to ledger.DomainName) error {
	if from == to {
		return nil
	}
	ids, err := queryIDs(ctx, tx, `SELECT id FROM sites WHERE parent_site_id = $1 ORDER BY id`, id)
	if err != nil {
		return fmt.Errorf("finding the subdomains of site %d: %w", id, err)
	}
	subdomains, err := s.sites(ctx, tx, ids)
	if err != nil {
		return err
	}
	for i := range subdomains {
		before, site := subdomains[i], &subdomains[i]
		if site.Name = site.Name.Moved(from, to); site.Name == before.Name {
			continue
		}
		if err := s.replaceSite(ctx, tx, site); err != nil {
			return err
		}
		if err := s.renameSubdomains(ctx, tx, site.ID, before.Name, site.Name); err != nil {
			return err
		}
		if err := s.record(ctx, tx, ledger.SiteEvents(&before, site)...); err != nil {
			return err
		}
	}
	return nil
}
