-- +goose Up

-- Sites that were deleted. Their traffic stays, as their subscription's.
CREATE TABLE former_sites (
    id          BIGINT PRIMARY KEY,
    webspace_id BIGINT NOT NULL REFERENCES webspaces (id) ON DELETE CASCADE
);
CREATE INDEX former_sites_by_webspace ON former_sites (webspace_id);
