package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// copiedPart is a table, or a part of one, that is copied row by row.
type copiedPart struct {
	table string
	where string // which of its rows; "" for all
	key   string // what they are in the order of
}

// copiedParts are in such an order that rows come after those they refer to:
// an account after its owner and its plan, a plan after its owner. In a table
// ids ascend likewise.
var copiedParts = []copiedPart{
	{table: "meta", where: "name NOT IN ('" + ledger.MetaCopy + "', '" + ledger.MetaServerGUID + "')", key: "name"},
	{table: "accounts", where: "role = 1", key: "id"},
	{table: "plans", where: "owner_id = 1", key: "id"},
	{table: "accounts", where: "role = 2", key: "id"},
	{table: "plans", where: "owner_id <> 1", key: "id"},
	{table: "accounts", where: "role = 3", key: "id"},
	{table: "webspaces", key: "id"},
	{table: "webspace_addons", key: "webspace_id, position"},
	{table: "webspace_billing", key: "webspace_id"},
	{table: "customer_billing", key: "account_id, balance, position"},
	{table: "sites", key: "id"},
	{table: "former_sites", key: "id"},
	{table: "site_aliases", key: "id"},
	{table: "secret_keys", key: "position"},
	{table: "sessions", key: "position"},
	{table: "ip_addresses", key: "position"},
	{table: "events", key: "id"},
}

// idColumn is a column for which a table chooses the next number for each new
// row.
type idColumn struct{ table, column string }

var idColumns = []idColumn{
	{"accounts", "id"},
	{"plans", "id"},
	{"sites", "id"},
	{"site_aliases", "id"},
	{"secret_keys", "position"},
	{"sessions", "position"},
	{"ip_addresses", "position"},
	eventIDs,
}

var eventIDs = idColumn{"events", "id"}

// lastID returns the highest id that a column ever had, 0 when it never had one.
func (s *Store) lastID(ctx context.Context, q querier, column idColumn) (int64, error) {
	found, err := queryIDs(ctx, q, s.dialect.lastID(column))
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// from returns the part of a statement that says which rows.
func (p *copiedPart) from() string {
	if p.where == "" {
		return ` FROM ` + p.table
	}
	return ` FROM ` + p.table + ` WHERE ` + p.where
}

// columns returns the names of the part's columns, ascending: databases of
// different kinds have the same ones in another order.
func (p *copiedPart) columns(ctx context.Context, q querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT *`+p.from()+` LIMIT 0`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // it has none
	columns, err := rows.Columns()
	slices.Sort(columns)
	return columns, errors.Join(err, rows.Err())
}

func (p *copiedPart) count(ctx context.Context, q querier) (int64, error) {
	found, err := queryIDs(ctx, q, `SELECT count(*)`+p.from())
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

const (
	// batchRows is how many rows a transaction copies.
	batchRows = 1000
	// insertedRows is how many rows one statement inserts.
	insertedRows = 50
)

// copyPart copies the rows of a part that are not there yet.
func (c *copying) copyPart(ctx context.Context, source querier, part *copiedPart) error {
	all, err := part.count(ctx, source)
	if err != nil {
		return err
	}
	columns, err := part.columns(ctx, source)
	if err != nil {
		return err
	}
	var batch [][]any
	keep := func(next copyMark) error {
		err := c.keep(ctx, next, func(ctx context.Context, tx *sql.Tx) error {
			return insertRows(ctx, tx, c.to.dialect, part.table, columns, batch)
		})
		batch = nil
		return err
	}
	err = part.eachRow(ctx, source, columns, c.mark.Done, func(row []any) error {
		if batch = append(batch, row); len(batch) < batchRows {
			return nil
		}
		next := c.mark
		next.Done += batchRows
		err := keep(next)
		c.Progress(part.table, c.mark.Done, all)
		return err
	})
	if err != nil {
		return err
	}
	err = keep(copyMark{Of: c.mark.Of, Parts: c.mark.Parts + 1})
	if err == nil {
		c.Progress(part.table, all, all)
	}
	return err
}

// eachRow calls do with the values of each row of a part, in the order of its
// key, after skipping some.
func (p *copiedPart) eachRow(ctx context.Context, q querier, columns []string, skip int64, do func(row []any) error) error {
	rows, err := q.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+p.from()+
		` ORDER BY `+p.key+` LIMIT 9223372036854775807 OFFSET $1`, skip) // SQLite has no offset without a limit
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // its errors are those of Err
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	places := make([]any, len(columns))
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i := range row {
			// SQLite has numbers for booleans.
			if n, isNumber := row[i].(int64); isNumber && types[i].DatabaseTypeName() == "BOOLEAN" {
				row[i] = n != 0
			}
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insertRows adds rows to a table.
func insertRows(ctx context.Context, tx *sql.Tx, d dialect, table string, columns []string, rows [][]any) error {
	for chunk := range slices.Chunk(rows, insertedRows) {
		text := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES ` + rowsOfPlaces(d, len(chunk), len(columns))
		if _, err := tx.ExecContext(ctx, text, slices.Concat(chunk...)...); err != nil {
			return err
		}
	}
	return nil
}

// rowsOfPlaces returns the places of arguments in rows: "($1, $2), ($3, $4)".
func rowsOfPlaces(d dialect, rows, columns int) string {
	var text strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			text.WriteString("(")
		case i%columns == 0:
			text.WriteString("), (")
		default:
			text.WriteString(", ")
		}
		text.WriteString(d.place(i + 1))
	}
	text.WriteByte(')')
	return text.String()
}
