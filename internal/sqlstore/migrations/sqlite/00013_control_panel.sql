-- +goose Up

-- The SHA-256 in hex of the secret that is in the cookie of a session's browser;
-- empty until one has opened the session.
ALTER TABLE sessions ADD COLUMN cookie TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_cookie ON sessions (cookie);

-- The instant of renewal_date in Unix seconds moves to where lists are made from;
-- NULL without one.
ALTER TABLE webspaces ADD COLUMN renewal_at INTEGER;
UPDATE webspaces SET renewal_at = (SELECT b.renewal_at FROM webspace_billing b WHERE b.webspace_id = webspaces.id);
ALTER TABLE webspace_billing DROP COLUMN renewal_at;

-- The orders of lists of subscriptions and accounts. Those by sites have all that
-- a list needs of them, so that pages are found without their rows.
CREATE INDEX webspaces_by_renewal ON webspaces (renewal_at);
CREATE INDEX webspaces_by_overuse ON webspaces (overused);
CREATE INDEX main_sites_by_name ON sites (lower(name), webspace_id) WHERE id = webspace_id;
CREATE INDEX main_sites_by_created ON sites (created, webspace_id) WHERE id = webspace_id;
CREATE INDEX webspace_billing_by_price ON webspace_billing (currency, cycle, sum);
CREATE INDEX accounts_by_person ON accounts (lower(person));
CREATE INDEX accounts_by_role_and_person ON accounts (role, lower(person));
CREATE INDEX accounts_by_role_and_created ON accounts (role, created);
DROP INDEX accounts_by_owner;
CREATE INDEX accounts_by_owner ON accounts (owner_id, role);
