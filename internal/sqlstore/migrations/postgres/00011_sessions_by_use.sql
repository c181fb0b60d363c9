-- +goose Up

CREATE INDEX sessions_by_use ON sessions (used);
