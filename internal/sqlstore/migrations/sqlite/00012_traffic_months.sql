-- +goose Up

-- What sites used in a month, which is named by the date of its first day: the
-- sums over their days. A block holds the sites with ids from 32 * block up, so
-- that the load of a night changes a few pages; traffic_totals.go tells how.
CREATE TABLE traffic_totals (
    month  INTEGER NOT NULL,
    block  INTEGER NOT NULL,
    totals BLOB NOT NULL,
    PRIMARY KEY (month, block)
) WITHOUT ROWID;

-- Days of months that are over, moved here out of traffic, where a site's days
-- lie together. Bit n of days tells whether there is a record for day n + 1;
-- counters holds these one after the other (traffic_archive.go). A record for
-- the same day in traffic is newer and holds.
CREATE TABLE traffic_archive (
    site_id  INTEGER NOT NULL,
    month    INTEGER NOT NULL,
    days     INTEGER NOT NULL,
    counters BLOB NOT NULL,
    PRIMARY KEY (site_id, month)
) WITHOUT ROWID;

-- The months that the archive has.
CREATE TABLE archived_months (
    month INTEGER PRIMARY KEY
);

-- Which subscription the sites belong to that are not main sites.
CREATE INDEX sites_added ON sites (id, webspace_id) WHERE id <> webspace_id;
