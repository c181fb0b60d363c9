-- +goose Up

-- Other names of sites. name and unicode_name are as in sites; no site and
-- alias have the same name, which the store sees to.
CREATE TABLE site_aliases (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    site_id      INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    name         TEXT NOT NULL UNIQUE,
    unicode_name TEXT NOT NULL,
    status       INTEGER NOT NULL,
    settings     TEXT NOT NULL -- JSON
);
CREATE INDEX site_aliases_by_site ON site_aliases (site_id);
