package collect

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/hostledger/hostledger/ledger"
)

// Config says what is read and where it is sent.
type Config struct {
	State    string            // folder that remembers what was read and sent
	Since    ledger.Date       // days before are not sent; 0: all are
	Interval time.Duration     // how often totals are sent while logs are followed
	Zone     *time.Location    // tells the day of stamps that are instants
	Keep     int               // days for which totals are kept
	Domains  map[string]string // other names of sites that only this collector knows; "" leaves a domain out
	Sources  []Source
	Targets  []TargetConfig
}

// TargetConfig is a ledger that totals are sent to: a [[target]] of the
// configuration.
type TargetConfig struct {
	Local        bool   `toml:"local"` // the ledger that the command line names, or the server's own
	URL          string `toml:"url"`
	Login        string `toml:"login"`
	Password     string `toml:"password"`
	PasswordFile string `toml:"password_file"`
	Key          string `toml:"key"`
	KeyFile      string `toml:"key_file"`
	CA           string `toml:"ca"` // certificates to trust besides the system's, PEM
	Insecure     bool   `toml:"insecure"`
}

// The bounds and defaults of a configuration.
const (
	defaultInterval = time.Minute
	leastInterval   = time.Second
	defaultKeep     = 62
	leastKeep       = 2
)

// LoadConfig reads a configuration in TOML. What it does not know is an error,
// with its line.
func LoadConfig(path string) (*Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	config, err := parseConfig(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	config.resolve(filepath.Dir(path))
	return config, nil
}

// resolve makes paths that are not absolute relative to the configuration.
func (c *Config) resolve(dir string) {
	paths := []*string{&c.State}
	for i := range c.Targets {
		t := &c.Targets[i]
		paths = append(paths, &t.PasswordFile, &t.KeyFile, &t.CA)
	}
	for _, path := range paths {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(dir, *path)
		}
	}
}

func parseConfig(text []byte) (*Config, error) {
	var file struct {
		State    string            `toml:"state"`
		Since    *toml.LocalDate   `toml:"since"`
		Interval string            `toml:"interval"`
		Timezone string            `toml:"timezone"`
		Keep     *int              `toml:"keep_days"`
		Domains  map[string]string `toml:"domains"`
		Sources  []Source          `toml:"source"`
		Targets  []TargetConfig    `toml:"target"`
	}
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, tomlError(err)
	}
	c := &Config{
		State: file.State, Interval: defaultInterval, Zone: time.Local, Keep: defaultKeep,
		Domains: map[string]string{}, Sources: file.Sources, Targets: file.Targets,
	}
	for from, to := range file.Domains {
		c.Domains[canonicalName(from)] = canonicalName(to)
		if canonicalName(from) == "" || to != "" && canonicalName(to) == "" {
			return nil, fmt.Errorf("domains: %q = %q: these are not two domain names", from, to)
		}
	}
	if d := file.Since; d != nil {
		c.Since, _ = ledger.NewDate(d.Year, d.Month, d.Day) // TOML has no dates that are not there
	}
	if file.Keep != nil {
		c.Keep = *file.Keep
	}
	var err error
	if file.Interval != "" {
		if c.Interval, err = time.ParseDuration(file.Interval); err != nil {
			return nil, fmt.Errorf("interval: %q is not a duration such as 30s or 5m", file.Interval)
		}
	}
	if file.Timezone != "" {
		if c.Zone, err = time.LoadLocation(file.Timezone); err != nil {
			return nil, fmt.Errorf("timezone: %w", err)
		}
	}
	return c, c.validate()
}

// tomlError tells the line of what is wrong.
func tomlError(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		row, _ := strict.Errors[0].Position()
		return fmt.Errorf("line %d: there is no setting %s here", row, strings.Join(strict.Errors[0].Key(), "."))
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		row, _ := wrong.Position()
		if key := wrong.Key(); len(key) > 0 && strings.Contains(wrong.Error(), "cannot decode TOML") {
			return fmt.Errorf("line %d: %s: this is not the kind of value that belongs here", row, strings.Join(key, "."))
		}
		return fmt.Errorf("line %d: %s", row, strings.TrimPrefix(wrong.Error(), "toml: "))
	}
	return err
}

func (c *Config) validate() error {
	switch {
	case c.State == "":
		return errors.New("state: the folder that remembers what was read is missing")
	case c.Interval < leastInterval:
		return fmt.Errorf("interval: %s is less than %s", c.Interval, leastInterval)
	case c.Keep < leastKeep:
		return fmt.Errorf("keep_days: at least %d are needed", leastKeep)
	case len(c.Sources) == 0:
		return errors.New("there is no [[source]]: what should be read?")
	case len(c.Targets) == 0:
		return errors.New("there is no [[target]]: where should it be sent?")
	}
	for i := range c.Sources {
		if err := c.Sources[i].validate(); err != nil {
			return fmt.Errorf("source %d: %w", i+1, err)
		}
	}
	names := map[string]bool{}
	for i, t := range c.Targets {
		if err := t.validate(); err != nil {
			return fmt.Errorf("target %d: %w", i+1, err)
		}
		if names[t.name()] {
			return fmt.Errorf("target %d: %s is a target already", i+1, t.name())
		}
		names[t.name()] = true
	}
	for i := range c.Sources {
		if c.Sources[i].fills()&ledger.AllMailCounters == 0 && !c.HasLocal() {
			return fmt.Errorf("source %d: no target takes the traffic of web and FTP servers: only local = true does", i+1)
		}
	}
	return nil
}

func (t *TargetConfig) validate() error {
	if t.Local {
		if *t != (TargetConfig{Local: true}) {
			return errors.New("a local ledger needs nothing besides local = true")
		}
		return nil
	}
	if !strings.HasPrefix(t.URL, "https://") && !strings.HasPrefix(t.URL, "http://") {
		return fmt.Errorf("url: %q does not begin with https:// or http://; or write local = true", t.URL)
	}
	if strings.Contains(t.URL, "@") {
		return errors.New("url: login and password are settings of their own")
	}
	given := 0
	for _, credential := range []string{t.Password, t.PasswordFile, t.Key, t.KeyFile} {
		if credential != "" {
			given++
		}
	}
	isKey := t.Key != "" || t.KeyFile != ""
	switch {
	case given > 1:
		return errors.New("there are several of password_file, password, key_file and key: which one counts?")
	case given == 0:
		return errors.New("one of password_file, password, key_file and key is needed")
	case isKey && t.Login != "":
		return errors.New("a key goes without a login")
	case !isKey && t.Login == "":
		return errors.New("login: whose password is it?")
	}
	return nil
}

// name is what the state knows a target by.
func (t *TargetConfig) name() string {
	if t.Local {
		return "local"
	}
	return strings.TrimSuffix(t.URL, "/")
}

// HasSecrets tells that the file itself holds what nobody else should read.
func (c *Config) HasSecrets() bool {
	for _, t := range c.Targets {
		if t.Password != "" || t.Key != "" {
			return true
		}
	}
	return false
}

// HasLocal tells whether something is sent to the ledger of this machine.
func (c *Config) HasLocal() bool {
	return slices.ContainsFunc(c.Targets, func(t TargetConfig) bool { return t.Local })
}
