-- +goose Up

-- Dates are integers yyyymmdd, statuses are the sum of the bits of the
-- protocol's status, and an empty text means that nothing is known.

-- Values of the installation, such as its guid.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Users: the administrator, resellers and customers. role is 1, 2 or 3 in that
-- order; password_hash is argon2id in PHC form.
CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    guid          TEXT NOT NULL,
    role          INTEGER NOT NULL,
    owner_id      INTEGER REFERENCES accounts (id), -- NULL for the administrator
    login         TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created       INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    external_id   TEXT NOT NULL,
    description   TEXT NOT NULL,
    company       TEXT NOT NULL,
    person        TEXT NOT NULL,
    phone         TEXT NOT NULL,
    fax           TEXT NOT NULL,
    email         TEXT NOT NULL,
    address       TEXT NOT NULL,
    city          TEXT NOT NULL,
    state         TEXT NOT NULL,
    postal_code   TEXT NOT NULL,
    country       TEXT NOT NULL,
    locale        TEXT NOT NULL
);
CREATE INDEX accounts_by_owner ON accounts (owner_id);
CREATE INDEX accounts_by_guid ON accounts (guid);
CREATE INDEX accounts_by_external_id ON accounts (external_id);

-- Service plans, as far as subscriptions name them.
CREATE TABLE plans (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    guid        TEXT NOT NULL,
    name        TEXT NOT NULL UNIQUE,
    external_id TEXT NOT NULL
);

-- Subscriptions. The id is that of the main site, whose row in sites holds the
-- subscription's name, guid, creation date, status and description; settings
-- is the JSON of all blocks, those of the main site included.
CREATE TABLE webspaces (
    id                   INTEGER PRIMARY KEY,
    owner_id             INTEGER NOT NULL REFERENCES accounts (id),
    external_id          TEXT NOT NULL,
    admin_description    TEXT NOT NULL,
    reseller_description TEXT NOT NULL,
    plan_id              INTEGER REFERENCES plans (id), -- NULL for a custom subscription
    locked               BOOLEAN NOT NULL,
    settings             TEXT NOT NULL
);
CREATE INDEX webspaces_by_owner ON webspaces (owner_id);
CREATE INDEX webspaces_by_external_id ON webspaces (external_id);

-- Sites of subscriptions: each one's main site, which has the subscription's
-- id, and its addon sites. Ids are never used twice. name is the ASCII form in
-- lower case, unicode_name what people read.
CREATE TABLE sites (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Deferred because a subscription takes its id from its main site.
    webspace_id    INTEGER NOT NULL REFERENCES webspaces (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    parent_site_id INTEGER REFERENCES sites (id) ON DELETE CASCADE, -- set for a subdomain
    guid           TEXT NOT NULL,
    name           TEXT NOT NULL UNIQUE,
    unicode_name   TEXT NOT NULL,
    created        INTEGER NOT NULL,
    status         INTEGER NOT NULL,
    description    TEXT NOT NULL,
    settings       TEXT -- JSON of hosting, prefs and performance; NULL for a main site
);
CREATE INDEX sites_by_webspace ON sites (webspace_id);
CREATE INDEX sites_by_parent_site ON sites (parent_site_id);
CREATE INDEX sites_by_guid ON sites (guid);

-- Bytes of one site on one day. The date comes first so that the load of a
-- night appends to one place instead of touching every page; a range of one
-- site is read date by date.
CREATE TABLE traffic (
    date          INTEGER NOT NULL,
    site_id       INTEGER NOT NULL,
    http_in       INTEGER NOT NULL DEFAULT 0,
    http_out      INTEGER NOT NULL DEFAULT 0,
    ftp_in        INTEGER NOT NULL DEFAULT 0,
    ftp_out       INTEGER NOT NULL DEFAULT 0,
    smtp_in       INTEGER NOT NULL DEFAULT 0,
    smtp_out      INTEGER NOT NULL DEFAULT 0,
    pop3_imap_in  INTEGER NOT NULL DEFAULT 0,
    pop3_imap_out INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (date, site_id)
) WITHOUT ROWID;

-- What a subscription costs and when it renews. sum is an exact decimal;
-- renewal_date is the text as given and renewal_at its instant in Unix
-- seconds; cycle is an ISO 8601 duration as given.
CREATE TABLE webspace_billing (
    webspace_id      INTEGER PRIMARY KEY REFERENCES webspaces (id) ON DELETE CASCADE,
    currency         TEXT NOT NULL,
    sum              TEXT NOT NULL,
    renewal_date     TEXT NOT NULL,
    renewal_at       INTEGER, -- NULL without a renewal date
    cycle            TEXT NOT NULL,
    domain_store_url TEXT NOT NULL,
    cert_store_url   TEXT NOT NULL
);

-- Amounts of a customer's balances, such as invoices-due: one per currency, in
-- the order of position, counted from 0. sum is an exact decimal.
CREATE TABLE customer_billing (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    balance    TEXT NOT NULL,
    position   INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    sum        TEXT NOT NULL,
    PRIMARY KEY (account_id, balance, position)
) WITHOUT ROWID;

-- Secret keys of the API, in the order of their creation. hash is the SHA-256
-- of the key in hex; addresses are those it works from, separated by commas.
CREATE TABLE secret_keys (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    hash        TEXT NOT NULL UNIQUE,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    addresses   TEXT NOT NULL,
    description TEXT NOT NULL
);
CREATE INDEX secret_keys_by_account ON secret_keys (account_id);

-- Addresses that the host offers, in the order in which they were added.
-- public_address is empty without network address translation.
CREATE TABLE ip_addresses (
    position       INTEGER PRIMARY KEY AUTOINCREMENT,
    address        TEXT NOT NULL UNIQUE,
    netmask        TEXT NOT NULL,
    type           TEXT NOT NULL,
    interface      TEXT NOT NULL,
    public_address TEXT NOT NULL
);
