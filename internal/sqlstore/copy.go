package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// CopyOptions say how a ledger is copied.
type CopyOptions struct {
	// Today ends the months whose days are put where they take less room.
	Today ledger.Date
	// Progress is called after each transaction, and now and then during the
	// comparison, with how many rows of a table, or sites with their traffic, are
	// done of all that there are.
	Progress func(what string, done, all int64)
}

// Copied is what was copied of a table, or of traffic.
type Copied struct {
	Table string
	Rows  int64
	Bytes uint64 // of traffic; math.MaxUint64 stands for more, too
}

// Errors of [Copy].
var (
	// ErrNothingToCopy is that of a source without a complete ledger.
	ErrNothingToCopy = errors.New("there is no ledger to copy, or it is not complete")
	// ErrNotEmpty is that of a destination which was left as it is.
	ErrNotEmpty = errors.New("a ledger can only be copied to where there is none yet")
	// ErrCopyDiffers is that of a copy which is not the same as its source.
	ErrCopyDiffers = errors.New("the copy is not the same as its source")
)

// Copy copies a ledger to a store that is empty, or in which an earlier copy of
// the same ledger was interrupted: it goes on where that was. The source is only
// read. At the end both are compared; only then the copy becomes a ledger that
// [ledger.Ledger.Initialize] takes for one.
//
// Errors: ErrNothingToCopy, ErrNotEmpty and ErrCopyDiffers, wrapped or plain, the
// context's when it ends, and those of the databases.
func Copy(ctx context.Context, from, to *Store, o CopyOptions) ([]Copied, error) {
	c := &copying{from: from, to: to, CopyOptions: o}
	copied, err := c.run(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err() // whatever came of it
	}
	return copied, err
}

// copying is a copy that is under way.
type copying struct {
	from, to *Store
	CopyOptions
	mark copyMark
}

func (c *copying) run(ctx context.Context) ([]Copied, error) {
	guid, err := c.from.Meta(ctx, ledger.MetaServerGUID)
	if err != nil {
		return nil, err
	}
	if guid == "" {
		return nil, ErrNothingToCopy
	}
	if err := c.to.Alone(ctx, func() error { return c.begin(ctx, guid) }); err != nil {
		return nil, err
	}
	if err := c.copyAll(ctx); err != nil {
		return nil, err
	}
	copied, err := c.compare(ctx)
	if err != nil {
		return nil, err
	}
	return copied, c.end(ctx, guid)
}

// copyMark tells how far a copy has come. The destination keeps it, as JSON, in
// [ledger.MetaCopy].
type copyMark struct {
	Of    string `json:"of"`    // the guid of the ledger that is copied
	Parts int    `json:"parts"` // how many of copiedParts are there
	Done  int64  `json:"done"`  // how much of the next one is, in rows, or of traffic in sites
}

func (m copyMark) String() string {
	text, _ := json.Marshal(m) // nothing in it cannot be JSON
	return string(text)
}

// begin finds the mark of an earlier copy of a ledger or sets one in a store
// that is empty.
func (c *copying) begin(ctx context.Context, guid string) error {
	return c.to.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c.mark = copyMark{Of: guid}
		text, err := meta(ctx, tx, ledger.MetaCopy)
		if err != nil {
			return err
		}
		if text == "" {
			return c.beginAnew(ctx, tx)
		}
		if err := json.Unmarshal([]byte(text), &c.mark); err != nil {
			return fmt.Errorf("reading how far an earlier copy came: %w", err)
		}
		if c.mark.Of != guid {
			return fmt.Errorf("%w: this is an unfinished copy of another one", ErrNotEmpty)
		}
		// A commit whose connection was lost may be going on: this waits for it.
		return moveMark(ctx, tx, c.mark, c.mark)
	})
}

func (c *copying) beginAnew(ctx context.Context, tx *sql.Tx) error {
	for i := range copiedParts {
		rows, err := queryIDs(ctx, tx, `SELECT 1 FROM `+copiedParts[i].table+` LIMIT 1`)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			return ErrNotEmpty
		}
	}
	return setMeta(ctx, tx, ledger.MetaCopy, c.mark.String())
}

// copyAll copies what is not there yet, as the source is when this begins.
func (c *copying) copyAll(ctx context.Context) error {
	return c.from.withSnapshot(ctx, func(source querier) error {
		for c.mark.Parts < len(copiedParts) {
			part := &copiedParts[c.mark.Parts]
			if err := c.copyPart(ctx, source, part); err != nil {
				return fmt.Errorf("copying %s: %w", part.table, err)
			}
		}
		if err := c.copyTraffic(ctx, source); err != nil {
			return fmt.Errorf("copying traffic: %w", err)
		}
		return nil
	})
}

// withSnapshot runs do with a transaction that sees the ledger as it is at one
// moment and changes nothing.
func (s *Store) withSnapshot(ctx context.Context, do func(q querier) error) error {
	tx, err := s.writes.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	if err := s.dialect.takeTime(ctx, tx); err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	return do(tx)
}

// keep writes a batch and moves the mark, in one transaction.
func (c *copying) keep(ctx context.Context, next copyMark, write func(ctx context.Context, tx *sql.Tx) error) error {
	err := c.to.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := write(ctx, tx); err != nil {
			return err
		}
		return moveMark(ctx, tx, c.mark, next)
	})
	if err == nil {
		c.mark = next
	}
	return err
}

func moveMark(ctx context.Context, tx *sql.Tx, from, to copyMark) error {
	result, err := tx.ExecContext(ctx, `UPDATE meta SET value = $1 WHERE name = $2 AND value = $3`,
		to.String(), ledger.MetaCopy, from.String())
	if err == nil {
		err = notFoundIfNone(result)
	}
	if errors.Is(err, ledger.ErrNotFound) {
		return errors.New("another process copies to the same database")
	}
	return err
}

// end sees to it that no id is given again that the source ever gave, and makes
// the copy a complete ledger.
func (c *copying) end(ctx context.Context, guid string) error {
	last := map[idColumn]int64{}
	err := c.from.withReads(ctx, func(ctx context.Context, q querier) (err error) {
		for _, column := range idColumns {
			if last[column], err = c.from.lastID(ctx, q, column); err != nil {
				return fmt.Errorf("finding the last id of %s: %w", column.table, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.to.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for column, id := range last {
			if id == 0 {
				continue
			}
			if err := c.to.dialect.setLastID(ctx, tx, column, id); err != nil {
				return fmt.Errorf("keeping the last id of %s: %w", column.table, err)
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM meta WHERE name = $1`, ledger.MetaCopy); err != nil {
			return err
		}
		return setMeta(ctx, tx, ledger.MetaServerGUID, guid)
	})
}
