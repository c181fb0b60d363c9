-- +goose Up

-- Plans that subscriptions and resellers follow. kind is 1 for service plans,
-- 2 for their add-ons, 3 for reseller plans; settings is the JSON of all values.
CREATE TABLE plans_of_owners (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        INTEGER NOT NULL,
    owner_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    guid        TEXT NOT NULL,
    name        TEXT NOT NULL,
    external_id TEXT NOT NULL,
    settings    TEXT NOT NULL,
    UNIQUE (kind, owner_id, name)
);
INSERT INTO plans_of_owners SELECT id, 1, 1, guid, name, external_id, '{"hosting":{"type":"vrt_hst"}}' FROM plans;
ALTER TABLE webspaces ADD COLUMN followed_plan_id INTEGER REFERENCES plans_of_owners (id); -- NULL for a custom subscription
-- The plans are the administrator's, so only his subscriptions and those of his
-- customers follow them; the others, which have all values of their own, become
-- custom ones.
UPDATE webspaces SET followed_plan_id = plan_id
    WHERE owner_id IN (SELECT id FROM accounts WHERE role = 1 OR role = 3 AND owner_id = 1);
UPDATE webspaces SET locked = FALSE WHERE followed_plan_id IS NULL;
ALTER TABLE webspaces DROP COLUMN plan_id;
DROP TABLE plans;
ALTER TABLE plans_of_owners RENAME TO plans;
ALTER TABLE webspaces RENAME COLUMN followed_plan_id TO plan_id;
CREATE INDEX webspaces_by_plan ON webspaces (plan_id);
CREATE INDEX plans_by_owner ON plans (owner_id);

-- Add-on plans of subscriptions, in the order of position, counted from 0.
CREATE TABLE webspace_addons (
    webspace_id INTEGER NOT NULL REFERENCES webspaces (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    plan_id     INTEGER NOT NULL REFERENCES plans (id),
    PRIMARY KEY (webspace_id, position)
) WITHOUT ROWID;
CREATE INDEX webspace_addons_by_plan ON webspace_addons (plan_id);

ALTER TABLE accounts ADD COLUMN plan_id INTEGER REFERENCES plans (id); -- of a reseller; NULL for none
ALTER TABLE accounts ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX accounts_by_plan ON accounts (plan_id);
