-- +goose Up

-- The month in which a subscription passed its limit of traffic last: the date
-- of its first day, or 0.
ALTER TABLE webspaces ADD COLUMN overused INTEGER NOT NULL DEFAULT 0;
