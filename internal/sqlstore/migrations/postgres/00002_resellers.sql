-- +goose Up

-- JSON of what a reseller may use and do; it has no meaning for other accounts.
ALTER TABLE accounts ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
