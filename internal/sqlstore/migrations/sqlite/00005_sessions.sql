-- +goose Up

-- Sessions of the control panel, in the order in which they began. id is the
-- token that opens one; created and used are Unix seconds.
CREATE TABLE sessions (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    address      TEXT NOT NULL,
    created      INTEGER NOT NULL,
    used         INTEGER NOT NULL,
    starting_url TEXT NOT NULL,
    back_url     TEXT NOT NULL,
    locale       TEXT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
