package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

//go:embed reference/upsert.c
var referenceSource []byte

// compileReference compiles the C program against the system's libsqlite3.
func (b *bench) compileReference() error {
	if b.reference != "" {
		return nil
	}
	source, program := filepath.Join(b.dir, "upsert.c"), filepath.Join(b.dir, "upsert")
	if err := os.WriteFile(source, referenceSource, 0o600); err != nil {
		return err
	}
	output, err := exec.CommandContext(b.ctx, "cc", "-O2", "-o", program, source, "-lsqlite3").CombinedOutput()
	if err != nil {
		return fmt.Errorf("compiling the C reference (it needs a C compiler and libsqlite3's header; see make bench): %w\n%s", err, output)
	}
	b.reference = program
	return nil
}

// measureReference has the C program write the rows of measureBulk on the same
// disk.
func (b *bench) measureReference(r round) (err error) {
	if err := b.compileReference(); err != nil {
		return err
	}
	dir := filepath.Join(b.dir, "reference")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	args := []string{filepath.Join(dir, "traffic.db"), strconv.Itoa(b.sizes.sites)}
	for d := range b.sizes.days {
		args = append(args, strconv.Itoa(int(firstDay.AddDays(d))))
	}
	output, err := exec.CommandContext(b.ctx, b.reference, args...).Output()
	if err != nil {
		return fmt.Errorf("running the C reference: %w", err)
	}
	var first, rewrite float64
	var sum int64
	if _, err := fmt.Sscan(string(output), &first, &rewrite, &sum, &b.sqlite); err != nil {
		return fmt.Errorf("the C reference printed %q: %w", output, err)
	}
	if want := b.sumOf(1); sum != want {
		return fmt.Errorf("the C reference wrote rows that add up to %d instead of %d", sum, want)
	}
	rows := float64(b.sizes.sites * b.sizes.days)
	r[referenceFirst], r[referenceRewrite] = rows/first, rows/rewrite
	return nil
}

// sumOf adds up all counters of the large packet.
func (b *bench) sumOf(version int64) (sum int64) {
	for d := range b.sizes.days {
		for site := range b.sizes.sites {
			t := record(int64(site)+1, firstDay.AddDays(d), version)
			sum += t.SMTPIn + t.SMTPOut + t.POP3IMAPIn + t.POP3IMAPOut
		}
	}
	return sum
}
