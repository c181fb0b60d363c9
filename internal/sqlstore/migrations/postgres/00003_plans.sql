-- +goose Up

-- Plans that subscriptions and resellers follow. kind is 1 for service plans,
-- 2 for their add-ons, 3 for reseller plans; settings is the JSON of all values.
-- No ledger of an earlier version has this kind of database: the table is empty.
ALTER TABLE plans DROP CONSTRAINT plans_by_name;
ALTER TABLE plans
    ADD COLUMN kind INTEGER NOT NULL,
    ADD COLUMN owner_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    ADD COLUMN settings TEXT NOT NULL,
    ADD CONSTRAINT plans_by_name UNIQUE (kind, owner_id, name);
CREATE INDEX plans_by_owner ON plans (owner_id);
CREATE INDEX webspaces_by_plan ON webspaces (plan_id);

-- Add-on plans of subscriptions, in the order of position, counted from 0.
CREATE TABLE webspace_addons (
    webspace_id BIGINT NOT NULL REFERENCES webspaces (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    plan_id     BIGINT NOT NULL REFERENCES plans (id),
    PRIMARY KEY (webspace_id, position)
);
CREATE INDEX webspace_addons_by_plan ON webspace_addons (plan_id);

ALTER TABLE accounts
    ADD COLUMN plan_id BIGINT REFERENCES plans (id), -- of a reseller; NULL for none
    ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX accounts_by_plan ON accounts (plan_id);
