-- The state of the collectors. Days are numbers such as 20261122; seq counts commits.

CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE logs (
	id     INTEGER PRIMARY KEY,
	format TEXT NOT NULL,
	path   TEXT NOT NULL,           -- of the log, or the arguments of journalctl
	parser BLOB NOT NULL,           -- what the parser has to know of earlier lines
	cursor TEXT NOT NULL,           -- of the journal's last line
	UNIQUE (format, path)
) STRICT;

-- The files that a log has been in, known by what they begin with.
CREATE TABLE generations (
	id         INTEGER PRIMARY KEY,
	log_id     INTEGER NOT NULL REFERENCES logs (id),
	path       TEXT NOT NULL,       -- where it was last
	device     INTEGER NOT NULL,
	inode      INTEGER NOT NULL,
	head       BLOB NOT NULL,       -- the first 1,024 bytes of its content
	offset     INTEGER NOT NULL,    -- of its content, where the next line begins
	seen       INTEGER NOT NULL     -- the day on which it was last there
) STRICT;
CREATE INDEX generations_by_log ON generations (log_id);

CREATE TABLE domains (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,      -- lower case, international names in their ASCII form
	ours INTEGER NOT NULL           -- 1: it is served here; 0: it may be another host's
) STRICT;

CREATE TABLE totals (
	day          INTEGER NOT NULL,
	domain_id    INTEGER NOT NULL REFERENCES domains (id),
	http_in      INTEGER NOT NULL, http_out      INTEGER NOT NULL,
	ftp_in       INTEGER NOT NULL, ftp_out       INTEGER NOT NULL,
	smtp_in      INTEGER NOT NULL, smtp_out      INTEGER NOT NULL,
	pop3_imap_in INTEGER NOT NULL, pop3_imap_out INTEGER NOT NULL,
	PRIMARY KEY (day, domain_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE targets (
	id        INTEGER PRIMARY KEY,
	name      TEXT NOT NULL UNIQUE,
	delivered INTEGER NOT NULL DEFAULT 0, -- Unix time of the last delivery of all there was
	problem   TEXT NOT NULL DEFAULT ''    -- why the last delivery failed
) STRICT;

-- Totals that a target has not confirmed: what is sent when it is back.
CREATE TABLE unsent (
	target_id INTEGER NOT NULL REFERENCES targets (id),
	day       INTEGER NOT NULL,
	domain_id INTEGER NOT NULL REFERENCES domains (id),
	seq       INTEGER NOT NULL,     -- of the commit that changed the total last
	PRIMARY KEY (target_id, day, domain_id)
) STRICT, WITHOUT ROWID;

-- Which site of a target a domain is of; site_id 0: of none that it has.
CREATE TABLE sites (
	target_id INTEGER NOT NULL REFERENCES targets (id),
	domain_id INTEGER NOT NULL REFERENCES domains (id),
	site_id   INTEGER NOT NULL,
	checked   INTEGER NOT NULL,     -- Unix time in milliseconds; 0: to be looked up again
	PRIMARY KEY (target_id, domain_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sites_by_site ON sites (target_id, site_id, domain_id);

-- Why a target did not take the totals of a site.
CREATE TABLE refusals (
	target_id INTEGER NOT NULL REFERENCES targets (id),
	day       INTEGER NOT NULL,
	site_id   INTEGER NOT NULL,
	reason    TEXT NOT NULL,
	PRIMARY KEY (target_id, day, site_id)
) STRICT, WITHOUT ROWID;

-- What could not be counted, by log.
CREATE TABLE problems (
	log_id  INTEGER NOT NULL,       -- 0: found when logs were done with
	kind    INTEGER NOT NULL,
	count   INTEGER NOT NULL,
	example TEXT NOT NULL,          -- the beginning of the last such line
	PRIMARY KEY (log_id, kind)
) STRICT, WITHOUT ROWID;
