package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/hostledger/hostledger/ledger"
)

// totalsChanges gathers by how much the totals of months change in a
// transaction.
type totalsChanges struct {
	read, write *sqlite.Stmt
	blocks      map[blockKey]*blockChanges
	buffer      []byte
}

type blockKey struct {
	month ledger.Date
	block int64
}

type blockChanges [blockSites][8]int64

// mostBlocks bounds the memory that changes take: 2 KiB for a block.
const mostBlocks = 8192

// add notes that the record of a site and date changes.
func (t *totalsChanges) add(site int64, date ledger.Date, before, after *ledger.Counters) error {
	if *before == *after {
		return nil
	}
	block, place := blockOf(site)
	key := blockKey{date.FirstOfMonth(), block}
	changes, from, to := t.blocks[key], valuesOf(before), valuesOf(after)
	if changes == nil && len(t.blocks) == mostBlocks || changes != nil && !fit(&changes[place], &from, &to) {
		if err := t.flush(); err != nil {
			return err
		}
		changes = nil
	}
	if changes == nil {
		changes = &blockChanges{}
		t.blocks[key] = changes
	}
	for i := range from {
		changes[place][i] += to[i] - from[i]
	}
	return nil
}

// fit tells whether changes and one more still fit 64 bits. Counters are not
// negative, so the difference of two does.
func fit(changes, from, to *[8]int64) bool {
	for i := range changes {
		change := to[i] - from[i]
		if sum := changes[i] + change; (sum^changes[i])&(sum^change) < 0 {
			return false
		}
	}
	return true
}

// flush writes what was gathered.
func (t *totalsChanges) flush() error {
	keys := slices.SortedFunc(maps.Keys(t.blocks), func(x, y blockKey) int {
		return cmp.Or(cmp.Compare(x.month, y.month), cmp.Compare(x.block, y.block))
	})
	for _, key := range keys {
		if err := t.flushBlock(key, t.blocks[key]); err != nil {
			return err
		}
	}
	t.drop()
	return nil
}

// drop forgets what was gathered.
func (t *totalsChanges) drop() { t.blocks = map[blockKey]*blockChanges{} }

func (t *totalsChanges) flushBlock(key blockKey, changes *blockChanges) error {
	var totals totalsBlock
	if err := t.readBlock(key, &totals); err != nil {
		return err
	}
	for site := range totals {
		for i := range totals[site] {
			totals[site][i].add(changes[site][i])
		}
	}
	t.buffer = totals.append(t.buffer[:0])
	t.write.BindInt64(1, int64(key.month))
	t.write.BindInt64(2, key.block)
	t.write.BindBytes(3, t.buffer)
	_, err := t.write.Step()
	return errors.Join(err, t.write.Reset())
}

func (t *totalsChanges) readBlock(key blockKey, totals *totalsBlock) error {
	t.read.BindInt64(1, int64(key.month))
	t.read.BindInt64(2, key.block)
	found, err := t.read.Step()
	if found {
		t.buffer = slices.Grow(t.buffer[:0], t.read.ColumnLen(0))[:t.read.ColumnLen(0)]
		t.read.ColumnBytes(0, t.buffer)
		err = totals.read(t.buffer)
	}
	return errors.Join(err, t.read.Reset())
}

// addTotals makes the totals of a ledger that comes from a version which had
// none.
func (t *sqliteTraffic) addTotals() error {
	has := false
	err := sqlitex.Execute(t.conn, `SELECT 1 FROM traffic_totals LIMIT 1`, &sqlitex.ExecOptions{
		ResultFunc: func(*sqlite.Stmt) error { has = true; return nil },
	})
	if err != nil || has {
		return err
	}
	return t.transaction(func() error {
		err := sqlitex.Execute(t.conn, `SELECT date, site_id, `+counterColumns+` FROM traffic`, &sqlitex.ExecOptions{
			ResultFunc: func(row *sqlite.Stmt) error {
				var nothing, used ledger.Counters
				readCounters(row, 2, &used)
				return t.changes.add(row.ColumnInt64(1), ledger.Date(row.ColumnInt64(0)), &nothing, &used) //nolint:gosec // a date
			},
		})
		return errors.Join(err, t.changes.flush())
	})
}

// blockOfMonth is a row of traffic_totals.
type blockOfMonth struct {
	blockKey
	totals totalsBlock
}

func scanBlock(rows *sql.Rows, b *blockOfMonth) error {
	var totals sql.RawBytes
	if err := rows.Scan(&b.month, &b.block, &totals); err != nil {
		return err
	}
	return b.totals.read(totals)
}

// months implements trafficTables.
func (t *sqliteTraffic) months(ctx context.Context, q querier, sites []int64, month ledger.Date) (used []ledger.SiteMonth, err error) {
	sites = slices.Compact(slices.Sorted(slices.Values(sites)))
	blocks, err := query(ctx, q, scanBlock,
		`SELECT month, block, totals FROM traffic_totals WHERE month = $1 AND block IN (SELECT value FROM json_each($2)) ORDER BY block`,
		month, sqliteDialect{}.list(blocksOf(sites)))
	if err != nil {
		return nil, err
	}
	for _, site := range sites {
		block, place := blockOf(site)
		for len(blocks) > 0 && blocks[0].block < block {
			blocks = blocks[1:]
		}
		if len(blocks) == 0 {
			break
		}
		if blocks[0].block != block {
			continue
		}
		if totals := &blocks[0].totals[place]; *totals != [8]wide{} {
			used = append(used, ledger.SiteMonth{SiteID: site, Totals: saturated(totals)})
		}
	}
	return used, nil
}

// blocksOf returns the blocks of sites, which ascend, each once.
func blocksOf(sites []int64) (blocks []int64) {
	for _, site := range sites {
		if block, _ := blockOf(site); len(blocks) == 0 || blocks[len(blocks)-1] != block {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// top implements trafficTables. It goes through the totals of all sites, of
// which there are 32 in a row. Most subscriptions have one site, whose totals
// are theirs; those of the others are added up first.
func (t *sqliteTraffic) top(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date, limit int) ([]ledger.WebspaceMonth, error) {
	homes, err := query(ctx, q, scanSiteOfWebspace, addedSites)
	if err != nil {
		return nil, err
	}
	homeOf, sums := make(map[int64]int64, len(homes)), make(map[int64]uint64, len(homes))
	for _, home := range homes {
		homeOf[home.SiteID], homeOf[home.WebspaceID] = home.WebspaceID, home.WebspaceID
	}
	isVisible, err := visibleSites(ctx, q, scope)
	if err != nil {
		return nil, err
	}
	top := topWebspaces{limit: limit}
	err = eachTotals(ctx, q, month, func(site int64, totals *[8]wide) {
		if !isVisible(site) {
			return
		}
		used := saturated(totals)
		if home, isOneOfMany := homeOf[site]; isOneOfMany {
			sums[home] = ledger.AddBytes(sums[home], used.AtMost())
		} else {
			top.offer(ledger.WebspaceMonth{WebspaceID: site, Bytes: used.AtMost()})
		}
	})
	for webspace, bytes := range sums {
		top.offer(ledger.WebspaceMonth{WebspaceID: webspace, Bytes: bytes})
	}
	return top.list, err
}

// addedSites selects the sites that are not main ones with their subscriptions.
const addedSites = `SELECT id, webspace_id FROM sites WHERE id <> webspace_id UNION ALL SELECT id, webspace_id FROM former_sites`

// topWebspaces are the subscriptions that used most of those that were offered,
// up to a limit.
type topWebspaces struct {
	limit int
	list  []ledger.WebspaceMonth
}

func (t *topWebspaces) offer(w ledger.WebspaceMonth) {
	place, _ := slices.BinarySearchFunc(t.list, w, func(x, y ledger.WebspaceMonth) int {
		return cmp.Or(cmp.Compare(y.Bytes, x.Bytes), cmp.Compare(x.WebspaceID, y.WebspaceID))
	})
	if place < t.limit {
		t.list = slices.Insert(t.list[:min(len(t.list), t.limit-1)], place, w)
	}
}

// all implements trafficTables.
func (t *sqliteTraffic) all(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date) (ledger.Totals, error) {
	isVisible, err := visibleSites(ctx, q, scope)
	if err != nil {
		return ledger.Totals{}, err
	}
	var sums [8]wide
	err = eachTotals(ctx, q, month, func(site int64, totals *[8]wide) {
		if isVisible(site) {
			for i := range sums {
				sums[i] = sums[i].plus(totals[i])
			}
		}
	})
	return saturated(&sums), err
}

// visibleSites returns what tells whether a site, also one that was deleted, is
// of a subscription in a scope.
func visibleSites(ctx context.Context, q querier, scope ledger.Scope) (isVisible func(site int64) bool, err error) {
	if scope.Role == ledger.RoleAdmin {
		return func(int64) bool { return true }, nil
	}
	var args arguments
	isOfVisible := ofVisible(scope, "webspace_id", &args)
	ids, err := queryIDs(ctx, q, `SELECT id FROM sites WHERE `+isOfVisible+` UNION ALL SELECT id FROM former_sites WHERE `+isOfVisible, args...)
	visible := make(map[int64]bool, len(ids))
	for _, id := range ids {
		visible[id] = true
	}
	return func(site int64) bool { return visible[site] }, err
}

// eachTotals calls do for each site that used something in a month.
func eachTotals(ctx context.Context, q querier, month ledger.Date, do func(site int64, totals *[8]wide)) error {
	_, err := query(ctx, q, func(rows *sql.Rows, _ *struct{}) error {
		var b blockOfMonth
		if err := scanBlock(rows, &b); err != nil {
			return err
		}
		for place := range b.totals {
			if totals := &b.totals[place]; *totals != [8]wide{} {
				do(b.block*blockSites+int64(place), totals)
			}
		}
		return nil
	}, `SELECT month, block, totals FROM traffic_totals WHERE month = $1`, month)
	return err
}
