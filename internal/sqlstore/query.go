package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// querier is what reads run on: the pool of readers, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// pool is where reads outside of transactions run.
type pool interface {
	querier
	close() error
}

// plainPool is a pool whose driver keeps statements prepared by itself.
type plainPool struct{ *sql.DB }

func (p plainPool) close() error { return p.Close() }

// query returns the rows of a statement, each as scan reads it.
func query[T any](ctx context.Context, q querier, scan func(*sql.Rows, *T) error, text string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its errors are those of Err
	var found []T
	for rows.Next() {
		var row T
		if err := scan(rows, &row); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, rows.Err()
}

// queryIDs returns the ids that a statement selects.
func queryIDs(ctx context.Context, q querier, text string, args ...any) ([]int64, error) {
	return query(ctx, q, scanID, text, args...)
}

func scanID(rows *sql.Rows, id *int64) error { return rows.Scan(id) }

// inOrder returns what was found in the order of ids, leaving out ids without
// an object.
func inOrder[T any](ids []int64, found []T, id func(*T) int64) []T {
	byID := make(map[int64]*T, len(found))
	for i := range found {
		byID[id(&found[i])] = &found[i]
	}
	ordered := make([]T, 0, len(found))
	for _, id := range ids {
		if object, ok := byID[id]; ok {
			ordered = append(ordered, *object)
		}
	}
	return ordered
}

// arguments collects the arguments of a statement.
type arguments []any

// add appends an argument and returns its place in the text, such as $3.
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return "$" + strconv.Itoa(len(*a))
}

// places returns the places of so many arguments: "$1, $2, $3".
func places(count int) string {
	var text strings.Builder
	for i := range count {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteByte('$')
		text.WriteString(strconv.Itoa(i + 1))
	}
	return text.String()
}

// statements is a pool of connections on which every text stays prepared. The
// store has some dozens of texts, because lists of ids are one argument.
type statements struct {
	db       *sql.DB
	mu       sync.RWMutex
	prepared map[string]*sql.Stmt
}

func newStatements(db *sql.DB) *statements {
	return &statements{db: db, prepared: map[string]*sql.Stmt{}}
}

// QueryContext runs a query, preparing it when it comes for the first time.
func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := s.prepare(ctx, text) //nolint:sqlclosecheck // stays prepared until close
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (s *statements) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	s.mu.RLock()
	stmt := s.prepared[text]
	s.mu.RUnlock()
	if stmt != nil {
		return stmt, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt := s.prepared[text]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.db.PrepareContext(ctx, text) //nolint:sqlclosecheck // stays prepared until close
	if err != nil {
		return nil, fmt.Errorf("preparing a statement: %w", err)
	}
	s.prepared[text] = stmt
	return stmt, nil
}

func (s *statements) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.db.Close())...)
}
