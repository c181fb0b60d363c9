package faults

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// File is what a file in TOML says of the faults and the clock of a server.
type File struct {
	faults []Fault
	clock  clock
}

// clock is a clock that stands at start, or runs on from there.
type clock struct {
	Start time.Time `toml:"start"`
	Runs  bool      `toml:"runs"`
}

// ReadFile reads a file of faults. Its keys are those of [Fault] in small
// letters, in [[fault]] tables, and start and runs in [clock]. Errors name the
// line, or the fault.
func ReadFile(name string) (*File, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, err := parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

func parse(content string) (*File, error) {
	var read struct {
		Clock  clock `toml:"clock"`
		Faults []struct {
			Fault
			Delay string `toml:"delay"`
		} `toml:"fault"`
	}
	err := toml.NewDecoder(strings.NewReader(content)).DisallowUnknownFields().Decode(&read)
	if err != nil {
		return nil, withLine(err)
	}
	if read.Clock.Runs && read.Clock.Start.IsZero() {
		return nil, errors.New("clock: expected start, such as 2026-05-15T12:00:00Z")
	}
	f := &File{clock: read.Clock}
	for i, fault := range read.Faults {
		if fault.Delay != "" {
			// What is no duration becomes one that check refuses.
			if fault.Fault.Delay, err = time.ParseDuration(fault.Delay); err != nil {
				fault.Fault.Delay = -1
			}
		}
		if err := fault.check(); err != nil {
			return nil, fmt.Errorf("fault %d: %w", i+1, err)
		}
		f.faults = append(f.faults, fault.Fault)
	}
	return f, nil
}

// withLine puts the line first in what is wrong with a file.
func withLine(err error) error {
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	if errors.As(err, &unknown) {
		key := &unknown.Errors[0]
		line, _ := key.Position()
		return fmt.Errorf("line %d: there is no key %s", line, strings.Join(key.Key(), "."))
	}
	if errors.As(err, &bad) {
		line, _ := bad.Position()
		return fmt.Errorf("line %d: %w", line, err)
	}
	return err
}

// Injector returns an injector with the faults of the file.
func (f *File) Injector(log *slog.Logger) *Injector {
	i := NewInjector(log)
	for _, fault := range f.faults {
		i.add(fault)
	}
	return i
}

// Clock returns the clock that the file sets, which begins to run now if it
// runs, or nil.
func (f *File) Clock() func() time.Time {
	start, began := f.clock.Start, time.Now()
	switch {
	case start.IsZero():
		return nil
	case f.clock.Runs:
		return func() time.Time { return start.Add(time.Since(began)) }
	}
	return func() time.Time { return start }
}
