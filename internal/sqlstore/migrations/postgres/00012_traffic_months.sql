-- +goose Up

-- What sites used in a month, which is named by the date of its first day: the
-- sums over their days, which may be more than 64 bits hold. A site has a row
-- for each month that it had a day of, and keeps it when the days are removed.
-- The key is as that of traffic, and the two are spread over machines alike.
-- A row changes with each of its days, so pages keep room for its new versions.
CREATE TABLE traffic_months (
    webspace_id   BIGINT NOT NULL,
    site_id       BIGINT NOT NULL,
    month         INTEGER NOT NULL,
    http_in       NUMERIC(24) NOT NULL DEFAULT 0,
    http_out      NUMERIC(24) NOT NULL DEFAULT 0,
    ftp_in        NUMERIC(24) NOT NULL DEFAULT 0,
    ftp_out       NUMERIC(24) NOT NULL DEFAULT 0,
    smtp_in       NUMERIC(24) NOT NULL DEFAULT 0,
    smtp_out      NUMERIC(24) NOT NULL DEFAULT 0,
    pop3_imap_in  NUMERIC(24) NOT NULL DEFAULT 0,
    pop3_imap_out NUMERIC(24) NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, month, webspace_id)
) WITH (fillfactor = 50);
CREATE INDEX traffic_months_by_month ON traffic_months (month);
