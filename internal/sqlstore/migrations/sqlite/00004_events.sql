-- +goose Up

-- The journal: who changed what, when (Unix seconds) and from which address.
-- Ids ascend in the order of the changes and are never used twice. object_id is
-- the id of what changed, or an IP address.
CREATE TABLE events (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    time      INTEGER NOT NULL,
    class     TEXT NOT NULL,
    type      TEXT NOT NULL,
    object_id TEXT NOT NULL,
    login     TEXT NOT NULL,
    host      TEXT NOT NULL
);

-- A ledger from before there was a journal begins it with what brought it here,
-- so that the last id is always one.
INSERT INTO events (time, class, type, object_id, login, host)
SELECT unixepoch(), 'plesk_component', 'updated', 'hostledger', login, '127.0.0.1' FROM accounts WHERE role = 1;
