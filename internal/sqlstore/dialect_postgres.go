package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
)

// postgresDialect is the dialect of PostgreSQL.
type postgresDialect struct{}

func (postgresDialect) migrations() (goose.Dialect, string) { return goose.DialectPostgres, "postgres" }

func (postgresDialect) among(column, place string) string { return column + " = ANY(" + place + ")" }

// folded names the collation in which other letters than those of ASCII have no
// case, and texts the order of their bytes, whatever the database's own is.
func (postgresDialect) folded(column string) string { return `lower(` + column + ` COLLATE "C")` }

func (d postgresDialect) matches(column, place string) string {
	return d.folded(column) + ` LIKE ` + d.folded(place+`::text`) + ` ESCAPE '\'`
}

func (postgresDialect) list(ids []int64) any      { return ids }
func (postgresDialect) texts(values []string) any { return values }
func (postgresDialect) place(n int) string        { return "$" + strconv.Itoa(n) }

func (postgresDialect) isolation() sql.IsolationLevel { return sql.LevelSerializable }

// The errors of PostgreSQL that the store knows, by SQLSTATE.
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	undefinedTable       = "42P01"
	duplicateTable       = "42P07"
	duplicateObject      = "42710" // the type of a table that is being made

	connectionExceptions = "08"    // a class
	readOnlyTransaction  = "25006" // the server became a standby
	idleInTransaction    = "25P03"
	tooManyConnections   = "53300"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
)

// sqlState returns the SQLSTATE of an error, "" when it is not the server's.
func sqlState(err error) string {
	var failed *pgconn.PgError
	if !errors.As(err, &failed) {
		return ""
	}
	return failed.Code
}

func (postgresDialect) isDuplicate(err error) bool { return sqlState(err) == uniqueViolation }

func (postgresDialect) isConflict(err error) bool {
	state := sqlState(err)
	return state == serializationFailure || state == deadlockDetected
}

func (postgresDialect) isLost(err error) bool {
	switch state := sqlState(err); state {
	case idleInTransaction, readOnlyTransaction, tooManyConnections, adminShutdown, crashShutdown, cannotConnectNow:
		return true
	case "":
		break
	default:
		return strings.HasPrefix(state, connectionExceptions)
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connecting) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// reserveID moves the identity of a table past an id. The lock keeps others from
// taking a number meanwhile: sequences take no part in transactions.
func (postgresDialect) reserveID(ctx context.Context, tx *sql.Tx, table string, id int64) error {
	sequence := table + "_id_seq"
	if _, err := tx.ExecContext(ctx, `LOCK TABLE `+table+` IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `SELECT setval('`+sequence+`', greatest($1, last_value)) FROM `+sequence, id)
	return err
}

func (postgresDialect) orderEvents(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE`)
	return err
}

func (postgresDialect) takeTime(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `SELECT set_config(name, '0', true)
		FROM unnest(ARRAY['statement_timeout', 'idle_in_transaction_session_timeout']) AS s (name)`)
	return err
}

// lastID reads the sequence of a column, which has gone further where
// transactions failed, too. Of events, that would be more than anybody has seen.
func (postgresDialect) lastID(column idColumn) string {
	if column == eventIDs {
		return `SELECT greatest((SELECT last_deleted FROM journal), (SELECT max(id) FROM events), 0)`
	}
	return `SELECT last_value FROM ` + column.sequence() + ` WHERE is_called`
}

func (postgresDialect) setLastID(ctx context.Context, tx *sql.Tx, column idColumn, id int64) error {
	if column == eventIDs {
		_, err := tx.ExecContext(ctx, `INSERT INTO journal (last_deleted) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = $1)
			ON CONFLICT (one) DO UPDATE SET last_deleted = excluded.last_deleted`, id)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `SELECT setval('`+column.sequence()+`', $1)`, id)
	return err
}

// sequence returns the name that PostgreSQL gives the sequence of a column.
func (c idColumn) sequence() string { return c.table + "_" + c.column + "_seq" }

func (postgresDialect) deleteEvents() string {
	return `WITH gone AS (DELETE FROM events WHERE id <= $1 RETURNING id)
		INSERT INTO journal AS j (last_deleted) SELECT max(id) FROM gone HAVING count(*) > 0
		ON CONFLICT (one) DO UPDATE SET last_deleted = greatest(j.last_deleted, excluded.last_deleted)`
}

func (postgresDialect) addressInUse() string {
	has := func(table string, paths ...string) string {
		conditions := make([]string, len(paths))
		for i, path := range paths {
			conditions[i] = fmt.Sprintf(`jsonb_path_exists(settings::jsonb, '$.%s ? (@ == $address)', jsonb_build_object('address', $1::text))`, path)
		}
		return `SELECT 1 FROM ` + table + ` WHERE ` + strings.Join(conditions, " OR ")
	}
	return has("webspaces", "hosting.ips[*]", "mail.ips[*]") + ` UNION ALL ` + has("accounts", "ip_pool[*].address") +
		` UNION ALL ` + has("plans", "ip_pool.addresses[*]") + ` LIMIT 1`
}
