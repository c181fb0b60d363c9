package sqlstore

import (
	"testing"
	"time"
	"fmt"
	"strings"
)

func TestTmp2(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	sink := store.traffic.sink.(*sqliteTraffic)
	conn := sink.conn
	one := func(row string, k int) string { return row + strings.Repeat(","+row, k-1) }
	for _, k := range []int{10, 50, 100} {
	for name, text := range map[string]string{
		"upsert": upsertText(15, k),
		"replace": `REPLACE INTO traffic (date, site_id, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out, http_in, http_out, ftp_in, ftp_out)
			SELECT v.column1, v.column2, v.column3, v.column4, v.column5, v.column6, coalesce(t.http_in, 0), coalesce(t.http_out, 0), coalesce(t.ftp_in, 0), coalesce(t.ftp_out, 0)
			FROM (VALUES `+one("(?,?,?,?,?,?)", k)+`) v LEFT JOIN traffic t ON t.date = v.column1 AND t.site_id = v.column2`,
		"update": `UPDATE traffic SET smtp_in = v.column3, smtp_out = v.column4, pop3_imap_in = v.column5, pop3_imap_out = v.column6 FROM (VALUES `+one("(?,?,?,?,?,?)", k)+`) v WHERE date = v.column1 AND site_id = v.column2`,
		"blind": `REPLACE INTO traffic (date, site_id, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out) VALUES `+one("(?,?,?,?,?,?)", k),
	} {
		execute(t, store, `DELETE FROM traffic`)
		stmt, err := conn.Prepare(text)
		if err != nil { t.Fatal(err) }
		for r := range 2 {
			if r == 0 && name == "update" { s2, _ := conn.Prepare(upsertText(15,50)); stmt, s2 = s2, stmt; defer func() {}(); _ = s2 }
			kk := k
			if r == 0 && name == "update" { kk = 50 } 
			if r == 1 { stmt, _ = conn.Prepare(text) }
			t0 := time.Now()
			sink.run("BEGIN IMMEDIATE")
			place := 0
			for d := range 5 { for s := range 200000 {
				for _, v := range []int64{int64(20260101+d), int64(s+1), int64(s*1000003+r), int64(s*40009+r), int64(s*7+r), int64(s*90001+r)} {
					place++
					stmt.BindInt64(place, v)
				}
				if place == kk*6 { if _, err := stmt.Step(); err != nil { t.Fatal(err) }; stmt.Reset(); place = 0 }
			}}
			t1 := time.Now()
			sink.run("COMMIT")
			fmt.Println(k, name, r, time.Since(t0), "commit", time.Since(t1))
		}
	}
	}
}
