package collect

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Source is a kind of log and where it lies: a [[source]] of the configuration.
type Source struct {
	Format    string            `toml:"format"`     // postfix, dovecot, mail (both in one log), apache, nginx, json or xferlog
	Files     []string          `toml:"files"`      // paths and patterns; {domain} stands for the site's name
	Journal   []string          `toml:"journal"`    // arguments of journalctl, instead of files
	Domain    string            `toml:"domain"`     // the site that all lines are of, unless they tell
	Filters   []string          `toml:"filters"`    // postfix: relays that hand messages back, such as 127.0.0.1:10024
	LogFormat string            `toml:"log_format"` // apache, nginx: a preset's name, or the format as the server's configuration has it
	Fields    map[string]string `toml:"fields"`     // json: the names of the fields time, domain, in and out
	Users     map[string]string `toml:"users"`      // xferlog, dovecot: sites of users whose names do not tell
	Paths     []string          `toml:"paths"`      // xferlog: where sites lie, such as /var/www/vhosts/{domain}/
}

// newParser returns a parser for one log of the source, or what is wrong with
// the source.
func (s *Source) newParser() (parser, error) {
	switch s.Format {
	case "postfix":
		return newMailParser(newPostfix(s.Filters), nil), nil
	case "dovecot":
		return newMailParser(nil, newDovecot(s.Users)), nil
	case "mail":
		return newMailParser(newPostfix(s.Filters), newDovecot(s.Users)), nil
	case "apache":
		return newApache(s.LogFormat)
	case "nginx":
		return newNginx(s.LogFormat)
	case "json":
		return newJSONAccess(s.Fields)
	case "xferlog":
		return newXferlog(s.Users, s.Paths)
	}
	return nil, fmt.Errorf("format: %q is none of postfix, dovecot, mail, apache, nginx, json, xferlog", s.Format)
}

// fills returns the counters that logs of the source fill.
func (s *Source) fills() ledger.CounterSet {
	const smtp, pop3IMAP = ledger.SMTPIn | ledger.SMTPOut, ledger.POP3IMAPIn | ledger.POP3IMAPOut
	switch s.Format {
	case "postfix":
		return smtp
	case "dovecot":
		return pop3IMAP
	case "mail":
		return smtp | pop3IMAP
	case "xferlog":
		return ledger.FTPIn | ledger.FTPOut
	}
	return ledger.HTTPIn | ledger.HTTPOut
}

func (s *Source) validate() error {
	switch {
	case len(s.Files) == 0 && len(s.Journal) == 0:
		return errors.New("files or journal is missing: what should be read?")
	case len(s.Files) > 0 && len(s.Journal) > 0:
		return errors.New("files and journal are there both: make two sources of them")
	}
	if len(s.Journal) > 0 && s.Format != "postfix" && s.Format != "dovecot" && s.Format != "mail" {
		return errors.New("journal: only mail servers are read from there")
	}
	for _, pattern := range s.Files {
		if !filepath.IsAbs(pattern) {
			return fmt.Errorf("files: %q is not an absolute path", pattern)
		}
		if _, err := newPattern(pattern); err != nil {
			return fmt.Errorf("files: %w", err)
		}
	}
	p, err := s.newParser()
	if err != nil {
		return err
	}
	if a, ok := p.(*accessLog); ok && !a.namesDomain() && !s.namesDomain() {
		return fmt.Errorf("log_format: has no domain; the source needs domain, or %s in all of its files", placeholder)
	}
	return s.validateSettings()
}

// namesDomain tells whether the source says which site a log is of.
func (s *Source) namesDomain() bool {
	isGeneral := func(path string) bool { return !strings.Contains(path, placeholder) }
	return s.Domain != "" || !slices.ContainsFunc(s.Files, isGeneral)
}

// validateSettings refuses settings that the format does not look at: who wrote
// them expects something of them.
func (s *Source) validateSettings() error {
	for _, setting := range []struct {
		name    string
		given   bool
		formats []string
	}{
		{"filters", len(s.Filters) > 0, []string{"postfix", "mail"}},
		{"log_format", s.LogFormat != "", []string{"apache", "nginx"}},
		{"fields", len(s.Fields) > 0, []string{"json"}},
		{"users", len(s.Users) > 0, []string{"xferlog", "dovecot", "mail"}},
		{"paths", len(s.Paths) > 0, []string{"xferlog"}},
	} {
		if setting.given && !slices.Contains(setting.formats, s.Format) {
			return fmt.Errorf("%s: the format %s has no such setting", setting.name, s.Format)
		}
	}
	return nil
}
