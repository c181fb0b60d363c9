package sqlstore

import (
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/pgtest"
)

func TestPostgresConfig(t *testing.T) {
	plain, err := postgresConfig("postgres://ann:secret@db.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	own, err := postgresConfig("postgres://ann:secret@one.example,two.example:5433/ledger?pool_max_conns=3&statement_timeout=5s&application_name=mine&connect_timeout=9")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"connections", plain.MaxConns, int32(16)},
		{"connections, given", own.MaxConns, int32(3)},
		{"statement_timeout", plain.ConnConfig.RuntimeParams["statement_timeout"], "60s"},
		{"statement_timeout, given", own.ConnConfig.RuntimeParams["statement_timeout"], "5s"},
		{"idle_in_transaction_session_timeout", own.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"], "60s"},
		{"application_name", plain.ConnConfig.RuntimeParams["application_name"], "hostledger"},
		{"application_name, given", own.ConnConfig.RuntimeParams["application_name"], "mine"},
		{"connect_timeout", plain.ConnConfig.ConnectTimeout, 5 * time.Second},
		{"connect_timeout, given", own.ConnConfig.ConnectTimeout, 9 * time.Second},
		{"looks for a host that takes writes", plain.ConnConfig.ValidateConnect != nil, false},
		{"looks for one among several", own.ConnConfig.ValidateConnect != nil, true},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestAddressesThatCannotBe(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://ann:secret/@db.example/ledger":                    "is not a URL",
		"postgres://ann:secret%@db.example/ledger":                    "is not a URL",
		"postgres://ann:secret@db.example:x/ledger":                   "is not a URL",
		"postgres://ann:secret@db.example/ledger?sslmode=loud":        "sslmode is invalid",
		"postgres://ann:secret@db.example/ledger?pool_max_conns=none": "pool_max_conns",
		"postgres://ann:secret@127.0.0.1:1/ledger":                    "connection refused",
	} {
		_, err := OpenPostgres(t.Context(), address)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got the error %v, want one with %q", address, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells the password: %v", address, err)
		}
	}
}

func TestServersThatCannotBe(t *testing.T) {
	if err := checkServer(140019, "14.19", "UTF8"); err == nil || err.Error() != "the database is PostgreSQL 14.19: version 15 or later is needed" {
		t.Errorf("version 14: got the error %v", err)
	}
	for _, version := range []int{150000, 180001} {
		if err := checkServer(version, "", "UTF8"); err != nil {
			t.Errorf("version %d: got the error %v", version, err)
		}
	}
	if err := checkServer(150000, "", "SQL_ASCII"); err == nil || !strings.Contains(err.Error(), "ENCODING 'UTF8' is needed") {
		t.Errorf("another encoding: got the error %v", err)
	}
}

// A database of a newer program is left alone.
func TestNewerPostgres(t *testing.T) {
	address, err := pgtest.New()
	if err != nil {
		t.Fatal(err)
	}
	store := openPostgresAt(t, address)
	if _, err := store.writes.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenPostgres(t.Context(), address); err == nil || !strings.Contains(err.Error(), "made by a newer version") {
		t.Errorf("got the error %v, want that it was made by a newer version", err)
	}
}
