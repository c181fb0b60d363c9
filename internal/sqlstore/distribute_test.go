package sqlstore

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/pgtest"
)

func TestDistributeWithoutCitus(t *testing.T) {
	statements, err := Distribute(t.Context(), newDatabase(t), 32, true)
	if !errors.Is(err, ErrNoCitus) {
		t.Errorf("got the error %v, want %v", err, ErrNoCitus)
	}
	if !slices.Equal(statements, distribution(32)) {
		t.Errorf("got the statements %q", statements)
	}
}

// standIn is what Distribute calls of the extension, which CI cannot install: it
// notes what it is asked.
var standIn = []string{
	`CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, by_column text, shards int, beside text)`,
	`CREATE FUNCTION create_distributed_table(which regclass, by_column text, shard_count int DEFAULT NULL, colocate_with text DEFAULT 'default')
		RETURNS void LANGUAGE sql AS 'INSERT INTO pg_dist_partition VALUES (which, by_column, shard_count, colocate_with)'`,
	`CREATE FUNCTION truncate_local_data_after_distributing_table(which regclass)
		RETURNS void LANGUAGE sql AS 'UPDATE pg_dist_partition SET beside = beside || '' truncated'' WHERE logicalrelid = which'`,
}

func TestDistribute(t *testing.T) {
	ctx, address := t.Context(), newDatabase(t)
	store := openPostgresAt(t, address)
	execute(t, store, standIn...)
	placed := func() (rows []string) {
		t.Helper()
		rows, err := query(ctx, store.reads, scanText,
			`SELECT concat_ws(' ', logicalrelid, by_column, shards, beside) FROM pg_dist_partition ORDER BY logicalrelid::text`)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	if statements, err := Distribute(ctx, address, 8, false); err != nil || len(statements) != 4 || len(placed()) != 0 {
		t.Errorf("only looking: got the statements %q, the error %v, and the tables %q", statements, err, placed())
	}
	if statements, err := Distribute(ctx, address, 8, true); err != nil || len(statements) != 4 {
		t.Errorf("got the statements %q and the error %v", statements, err)
	}
	want := []string{"traffic webspace_id 8 default truncated", "traffic_months webspace_id traffic truncated"}
	if got := placed(); !slices.Equal(got, want) {
		t.Errorf("got the tables\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if statements, err := Distribute(ctx, address, 8, true); err != nil || len(statements) != 0 {
		t.Errorf("again: got the statements %q and the error %v, want none", statements, err)
	}
}

// What the extension refuses: keys that do not say which machine a row is on,
// and references from tables that are spread to others that are not.
func TestDistributedTablesFollowTheRules(t *testing.T) {
	store := openPostgres(t)
	for _, table := range []string{"traffic", "traffic_months"} {
		broken, err := query(t.Context(), store.reads, scanText, `
			SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
			WHERE i.indrelid = $1::text::regclass AND i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_attribute a
				WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attname = 'webspace_id')
			UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND (conrelid = $1::text::regclass OR confrelid = $1::text::regclass)
			UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = $1::text::regclass
			UNION ALL SELECT column_name FROM information_schema.columns
				WHERE table_name = $1 AND (is_identity = 'YES' OR column_default LIKE 'nextval%')`, table)
		if err != nil {
			t.Fatal(err)
		}
		if len(broken) > 0 {
			t.Errorf("%s cannot be spread: %q", table, broken)
		}
	}
}

func newDatabase(t *testing.T) string {
	t.Helper()
	address, err := pgtest.New()
	if err != nil {
		t.Fatal(err)
	}
	return address
}
