package main

import (
	"log/slog"
	"os"

	"github.com/hostledger/hostledger/internal/collect"
)

type collectCommand struct {
	Once   collectOnceCommand   `cmd:"" help:"Read what is new in the logs, send it, and end."`
	Follow collectFollowCommand `cmd:"" help:"Read and send until it is stopped: for a service."`
	Status collectStatusCommand `cmd:"" help:"Print what was read, what waits, and what could not be counted."`
}

// collectConfig is the flag that names the configuration.
type collectConfig struct {
	Config string `required:"" type:"existingfile" placeholder:"FILE.toml" help:"What to read and where to send it."`
}

// load reads the configuration, and warns when others can read a secret in it.
func (c *collectConfig) load(log *slog.Logger) (*collect.Config, error) {
	config, err := collect.LoadConfig(c.Config)
	if err != nil || !config.HasSecrets() {
		return config, err
	}
	info, err := os.Stat(c.Config)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		log.Warn("others can read the password in the configuration: chmod 600, or use password_file", "file", c.Config)
	}
	return config, err
}

// logger writes to stderr what happens.
func (c *collectConfig) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

// collectConfig returns what the server is to collect, nil for nothing.
func (s *serveCommand) collectConfig(log *slog.Logger) (*collect.Config, error) {
	if s.Collect == "" {
		return nil, nil
	}
	return (&collectConfig{s.Collect}).load(log)
}
