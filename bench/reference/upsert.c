/*
 * upsert DATABASE SITES TIMES DATE... writes the traffic of SITES subscriptions
 * on each DATE, which ascend, into a database, which may be new: what a program
 * that does nothing else needs for the rows that the server gets over HTTP. The
 * rows are made before the clock starts and are in the order of the key
 * already. It does so as often as TIMES says, 1 or 2, the second time with
 * other values.
 *
 * It prints the seconds of each time, the sum of all that these rows hold, and
 * the version of SQLite.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COLUMNS = 6 }; /* date, site and the four mail counters */

static sqlite3 *db;

static void check(int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return;
	fprintf(stderr, "upsert: %s\n", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
	exit(1);
}

static void run(const char *sql)
{
	check(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *statement;
	check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL));
	return statement;
}

/* The server's settings and its table (internal/sqlstore). */
static void open_database(const char *path)
{
	check(sqlite3_open(path, &db));
	run("PRAGMA journal_mode = wal; PRAGMA synchronous = full; PRAGMA journal_size_limit = 16777216;"
	    "PRAGMA temp_store = memory; PRAGMA cache_size = -8192;");
	run("CREATE TABLE IF NOT EXISTS traffic (date INTEGER NOT NULL, site_id INTEGER NOT NULL,"
	    " http_in INTEGER NOT NULL DEFAULT 0, http_out INTEGER NOT NULL DEFAULT 0,"
	    " ftp_in INTEGER NOT NULL DEFAULT 0, ftp_out INTEGER NOT NULL DEFAULT 0,"
	    " smtp_in INTEGER NOT NULL DEFAULT 0, smtp_out INTEGER NOT NULL DEFAULT 0,"
	    " pop3_imap_in INTEGER NOT NULL DEFAULT 0, pop3_imap_out INTEGER NOT NULL DEFAULT 0,"
	    " PRIMARY KEY (date, site_id)) WITHOUT ROWID");
}

/* The same formula as in packet.go. */
static void fill(int64_t *row, int64_t sites, int dates, char **date, int64_t version)
{
	for (int d = 0; d < dates; d++) {
		int64_t day = atoll(date[d]);
		for (int64_t site = 1; site <= sites; site++, row += COLUMNS) {
			int64_t n = day * 1000000 + site;
			row[0] = day;
			row[1] = site;
			row[2] = n % 899999999981 + version;
			row[3] = n % 8999999929 + version;
			row[4] = n % 89999999 + version;
			row[5] = n % 7999999927 + version;
		}
	}
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static double write_all(sqlite3_stmt *upsert, const int64_t *row, size_t rows)
{
	double start = now();
	run("BEGIN IMMEDIATE");
	for (size_t i = 0; i < rows; i++, row += COLUMNS) {
		for (int column = 0; column < COLUMNS; column++)
			sqlite3_bind_int64(upsert, column + 1, row[column]);
		check(sqlite3_step(upsert));
		check(sqlite3_reset(upsert));
	}
	run("COMMIT");
	return now() - start;
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fprintf(stderr, "usage: upsert DATABASE SITES TIMES DATE...\n");
		return 2;
	}
	int64_t sites = atoll(argv[2]);
	char **date = argv + 4;
	int dates = argc - 4;
	size_t rows = (size_t)sites * dates;
	int64_t *values = malloc(rows * COLUMNS * sizeof *values);
	if (!values)
		abort();
	open_database(argv[1]);
	sqlite3_stmt *upsert = prepare(
		"INSERT INTO traffic (date, site_id, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out)"
		" VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (date, site_id) DO UPDATE SET smtp_in = excluded.smtp_in,"
		" smtp_out = excluded.smtp_out, pop3_imap_in = excluded.pop3_imap_in, pop3_imap_out = excluded.pop3_imap_out");
	double seconds[2] = {0, 0};
	for (int version = 0; version < atoi(argv[3]) && version < 2; version++) {
		fill(values, sites, dates, date, version);
		seconds[version] = write_all(upsert, values, rows);
	}
	sqlite3_stmt *sum = prepare("SELECT sum(smtp_in + smtp_out + pop3_imap_in + pop3_imap_out) FROM traffic"
				    " WHERE date BETWEEN ? AND ?");
	check(sqlite3_bind_int64(sum, 1, atoll(date[0])));
	check(sqlite3_bind_int64(sum, 2, atoll(date[dates - 1])));
	check(sqlite3_step(sum));
	printf("%.6f %.6f %lld %s\n", seconds[0], seconds[1], (long long)sqlite3_column_int64(sum, 0),
	       sqlite3_libversion());
	return 0;
}
