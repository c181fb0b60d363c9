package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/hostledger/hostledger/ledger"
)

const (
	// largeAtOnce is how many large runs are written at the same time, beside the
	// groups of small ones. Of these one at a time is best: what a group saves is
	// more than what two at once gain.
	largeAtOnce = 3
	// partRecords is how many records are compared with what is stored, and
	// written, at once.
	partRecords = 10_000
)

// postgresTraffic keeps traffic in PostgreSQL: days in the table traffic, what
// they come to in traffic_months.
//
// Who writes locks the sites first, in the order of their ids, and before that
// the table, which whoever deletes sites locks before them. So nobody else
// writes their traffic, nobody waits for somebody who waits for him, and a site
// is not deleted before its traffic is there. What is stored can then be read,
// and only what differs is written.
type postgresTraffic struct{ pool *pgxpool.Pool }

func (t *postgresTraffic) close() error { return nil }

// write implements trafficSink. A transaction that collided with others, or
// whose connection was lost, is made again: if it was committed after all, the
// records are there and months do not change by them once more.
func (t *postgresTraffic) write(group []*trafficRequest) error {
	ctx, dialect := context.Background(), postgresDialect{}
	mayRepeat := func(err error) bool { return dialect.isConflict(err) || dialect.isLost(err) }
	err := persist(ctx, mayRepeat, func() error { return t.transaction(ctx, group) })
	if err != nil && mayRepeat(err) {
		err = errors.Join(errOutOfPatience, err)
	}
	if err != nil {
		return fmt.Errorf("writing traffic: %w", err)
	}
	return nil
}

func (t *postgresTraffic) transaction(ctx context.Context, group []*trafficRequest) error {
	conn, err := t.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release() // which closes it if the transaction has not ended
	w := postgresWrite{conn: conn.Conn(), batch: newTrafficBatch(group, bySite), writtenCounters: writtenBy(group)}
	parts := w.batch.parts(partRecords)
	if err := w.begin(ctx, group, parts); err != nil {
		return err
	}
	for i, part := range parts {
		w.compare(part)
		if err := w.writePart(ctx, parts[i+1:]); err != nil {
			return err
		}
	}
	return nil
}

// postgresWrite is a transaction that writes traffic.
type postgresWrite struct {
	conn      *pgx.Conn
	batch     *trafficBatch
	sites     []int64 // which are locked, ascending
	webspaces []int64 // those of the sites
	stored    []ledger.SiteDay
	trafficChanges
	*writtenCounters
}

// begin begins the transaction, locks the sites, fails the records of those
// that are missing, and reads what is stored of the first part.
func (w *postgresWrite) begin(ctx context.Context, group []*trafficRequest, parts [][]trafficKey) error {
	var statements pgx.Batch
	statements.Queue(`BEGIN ISOLATION LEVEL READ COMMITTED`)
	statements.Queue(waitForOthers)
	statements.Queue(lockForWriting)
	statements.Queue(`SELECT id, webspace_id FROM sites WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`, sitesOf(group)).Query(w.readSites)
	scopes := byScope(group)
	visible := make(map[ledger.Scope]*[]int64, len(scopes))
	for scope, requests := range scopes {
		visible[scope] = &w.sites // whatever exists
		if scope.Role != ledger.RoleAdmin {
			visible[scope] = queueVisible(&statements, scope, sitesOf(requests))
		}
	}
	if len(parts) > 0 {
		w.queueStored(&statements, parts[0])
	}
	if err := w.conn.SendBatch(ctx, &statements).Close(); err != nil {
		return err
	}
	for scope, requests := range scopes {
		// One that another server adds meanwhile may be visible and is not locked.
		for _, found := range [][]int64{*visible[scope], w.sites} {
			missing := without(sitesOf(requests), found)
			for _, r := range requests {
				r.failMissing(missing)
			}
		}
	}
	if len(parts) == 0 {
		_, err := w.conn.Exec(ctx, `ROLLBACK`)
		return err
	}
	return nil
}

func (w *postgresWrite) readSites(rows pgx.Rows) error {
	var site, webspace int64
	_, err := pgx.ForEachRow(rows, []any{&site, &webspace}, func() error {
		w.sites, w.webspaces = append(w.sites, site), append(w.webspaces, webspace)
		return nil
	})
	return err
}

// queueVisible asks which of the sites are in a scope. They are there, ascending,
// once the statements have run.
func queueVisible(statements *pgx.Batch, scope ledger.Scope, sites []int64) *[]int64 {
	args := arguments{sites}
	text := `SELECT s.id FROM ` + sitesWithOwners + ` WHERE s.id = ANY($1) AND ` + visible(scope, "o", &args) + ` ORDER BY s.id`
	found := new([]int64)
	statements.Queue(text, args...).Query(func(rows pgx.Rows) (err error) {
		*found, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	return found
}

// without returns the ids that are not among others; both ascend.
func without(ids, others []int64) []int64 {
	if slices.Equal(ids, others) {
		return nil
	}
	return slices.DeleteFunc(ids, func(id int64) bool {
		_, found := slices.BinarySearch(others, id)
		return found
	})
}

// webspaceOf returns the subscription of one of the sites that are locked.
func (w *postgresWrite) webspaceOf(site int64) int64 {
	place, _ := slices.BinarySearch(w.sites, site)
	return w.webspaces[place]
}

// queueStored asks what is stored of the sites and days of a part, month by
// month: a month has few days, so that reading those between costs little.
func (w *postgresWrite) queueStored(statements *pgx.Batch, part []trafficKey) {
	var sites []int64
	var since, to []int32
	for _, key := range part {
		last, date := len(sites)-1, int32(key.date)
		if last >= 0 && sites[last] == key.site && ledger.Date(since[last]).FirstOfMonth() == key.date.FirstOfMonth() {
			to[last] = date
			continue
		}
		sites, since, to = append(sites, key.site), append(since, date), append(to, date)
	}
	statements.Queue(`SELECT t.site_id, t.date, `+counterColumns+`
		FROM unnest($1::bigint[], $2::integer[], $3::integer[]) AS part (site_id, since, "to")
		JOIN traffic t ON t.site_id = part.site_id AND t.date BETWEEN part.since AND part.to`, sites, since, to).Query(w.readStored)
}

func (w *postgresWrite) readStored(rows pgx.Rows) error {
	w.stored = w.stored[:0]
	var day ledger.SiteDay
	var date int32
	place := []any{&day.SiteID, &date}
	for _, counter := range day.List() {
		place = append(place, counter)
	}
	_, err := pgx.ForEachRow(rows, place, func() error {
		day.Date = ledger.Date(date)
		w.stored = append(w.stored, day)
		return nil
	})
	if !slices.IsSortedFunc(w.stored, inOrderOfSites) {
		slices.SortFunc(w.stored, inOrderOfSites)
	}
	return err
}
