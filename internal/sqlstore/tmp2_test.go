package sqlstore

import (
	"testing"
	"time"
	"fmt"
	"slices"
	"strings"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

func TestTmp2(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	execute(t, store, `INSERT INTO accounts (`+accountFields+`) VALUES
		('g', 1, NULL, 'admin', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', '')`)
	execute(t, store, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
		INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
		SELECT i, i, 'guid' || i, 'site' || i, 'site' || i, 20260101, 0, '' FROM n`,
		`INSERT INTO webspaces (id, `+webspaceFields+`) SELECT id, 1, '', '', '', NULL, FALSE, '{}' FROM sites`)
	sink := store.traffic.sink.(*sqliteTraffic)
	var ids []int64
	for i := range int64(200000) { ids = append(ids, i+1) }
	conn := sink.conn
	for range 2 {
	for _, text := range []string{
		`SELECT value FROM json_each($1) WHERE NOT EXISTS (SELECT 1 FROM sites s WHERE s.id = value)`,
		`SELECT value FROM json_each($1) WHERE value NOT IN (SELECT id FROM sites)`,
		`SELECT value FROM json_each($1) WHERE NOT EXISTS (
		SELECT 1 FROM ` + sitesWithOwners + ` WHERE s.id = value)`,
		`SELECT id FROM sites WHERE id IN (SELECT value FROM json_each($1))`,
		`SELECT count(*) FROM json_each($1)`,
	} {
		t0 := time.Now()
		n := 0
		for chunk := range slices.Chunk(ids, 4096) {
			err := sqlitex.Execute(conn, text, &sqlitex.ExecOptions{Args: []any{sqliteDialect{}.list(chunk)}, ResultFunc: func(row *sqlite.Stmt) error { n++; return nil }})
			if err != nil { t.Fatal(err) }
		}
		fmt.Println(n, time.Since(t0), text[:60])
	}
	t0 := time.Now()
	st, _ := conn.Prepare(`SELECT 1 FROM sites WHERE id = ?`)
	n := 0
	for _, id := range ids { st.BindInt64(1, id); ok, _ := st.Step(); if ok { n++ }; st.Reset() }
	fmt.Println(n, time.Since(t0), "point")
	t0 = time.Now()
	st, _ = conn.Prepare(`SELECT id FROM sites WHERE id IN (?`+strings.Repeat(",?",255)+`)`)
	n = 0
	for chunk := range slices.Chunk(ids, 256) { if len(chunk)<256 {break}; for i, id := range chunk { st.BindInt64(i+1, id) }; for { ok, _ := st.Step(); if !ok { break }; st.ColumnInt64(0); n++ }; st.Reset() }
	fmt.Println(n, time.Since(t0), "in 256")
	t0 = time.Now()
	st, _ = conn.Prepare(`SELECT count(*) FROM sites WHERE id IN (?`+strings.Repeat(",?",255)+`)`)
	n = 0
	for chunk := range slices.Chunk(ids, 256) { if len(chunk)<256 {break}; for i, id := range chunk { st.BindInt64(i+1, id) }; for { ok, _ := st.Step(); if !ok { break }; n+=int(st.ColumnInt64(0)) }; st.Reset() }
	fmt.Println(n, time.Since(t0), "count in 256")
	t0 = time.Now()
	st, _ = conn.Prepare(`SELECT id FROM sites WHERE id BETWEEN ? AND ? ORDER BY id`)
	n = 0
	for chunk := range slices.Chunk(ids, 4096) { st.BindInt64(1, chunk[0]); st.BindInt64(2, chunk[len(chunk)-1]); for { ok, _ := st.Step(); if !ok { break }; st.ColumnInt64(0); n++ }; st.Reset() }
	fmt.Println(n, time.Since(t0), "range")
	}
}
