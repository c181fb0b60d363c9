package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

//go:embed reference/upsert.c
var upsertSource string

// compile compiles a C program, unless that was done before. It is linked with
// the system's libraries.
func (b *bench) compile(name, source string, flags ...string) (program string, err error) {
	program = filepath.Join(b.dir, name)
	if _, err := os.Stat(program); !errors.Is(err, fs.ErrNotExist) {
		return program, err
	}
	file := program + ".c"
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		return "", err
	}
	args := append([]string{"-O2", "-o", program, file}, flags...)
	output, err := exec.CommandContext(b.ctx, "cc", args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("compiling %s.c (make bench installs what it needs): %w\n%s", name, err, output)
	}
	return program, nil
}

// reference is what the C program needed for rows of days.
type reference struct {
	first, rewrite float64 // rows a second
}

// writeReference has the C program write days of every subscription into a
// database, which is made when it is not there, and, if it is to do so twice,
// then other values into these rows.
func (b *bench) writeReference(database string, times int, since ledger.Date, days int) (reference, error) {
	program, err := b.compile("upsert", upsertSource, "-lsqlite3")
	if err != nil {
		return reference{}, err
	}
	args := []string{database, strconv.Itoa(b.sizes.sites), strconv.Itoa(times)}
	for d := range days {
		args = append(args, strconv.Itoa(int(since.AddDays(d))))
	}
	output, err := exec.CommandContext(b.ctx, program, args...).Output()
	if err != nil {
		return reference{}, fmt.Errorf("running the C program: %w", err)
	}
	var first, rewrite float64
	var sum int64
	if _, err := fmt.Sscan(string(output), &first, &rewrite, &sum, &b.sqlite); err != nil {
		return reference{}, fmt.Errorf("the C program printed %q: %w", output, err)
	}
	if want := sumOf(b.sizes.sites, since, days, int64(times-1)); sum != want {
		return reference{}, fmt.Errorf("the C program wrote rows that add up to %d instead of %d", sum, want)
	}
	rows := float64(b.sizes.sites * days)
	return reference{rows / first, rows / rewrite}, nil
}

// sumOf adds up all counters of the first so many subscriptions on days.
func sumOf(sites int, since ledger.Date, days int, version int64) (sum int64) {
	for d := range days {
		date := since.AddDays(d)
		for site := range sites {
			t := record(int64(site)+1, date, version)
			sum += t.SMTPIn + t.SMTPOut + t.POP3IMAPIn + t.POP3IMAPOut
		}
	}
	return sum
}
