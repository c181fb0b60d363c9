// Command bench measures Hostledger on this machine against what the machine
// can do: its reader against other XML readers, and the real server, over HTTP
// and on disk, against a C program that does nothing but write the same rows.
//
// What is compared is measured in turn, round by round, so that a machine that
// slows down for a while slows both sides. See docs/performance.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// page is where -write puts the tables.
const page = "docs/performance.md"

// options are the command line's.
type options struct {
	sizes   sizes
	rounds  int
	only    []string // names of measures; none: all
	peers   []string // names of measures that need a peer
	quick   bool
	write   bool
	stored  int    // rows of the largest ledger
	profile string // a folder
	binary  string
	dir     string
	command string // as it was called
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := newBench(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	if o.profile != "" {
		return b.reportProfile(o)
	}
	return b.reportRounds(o)
}

// reportRounds measures, prints tables and, with -write, puts them on the page.
func (b *bench) reportRounds(o options) error {
	rounds, err := b.rounds(o)
	if err != nil {
		return err
	}
	for _, section := range []struct{ name, text string }{
		{"measured", report(o, lines(o.sizes), rounds, b.environment())},
		{"growth", growthReport(o.sizes, rounds)},
		{"logs", report(o, logLines(o.sizes), rounds, b.environment())},
	} {
		if section.text == "" {
			continue
		}
		fmt.Print("\n", section.text)
		if o.write {
			if err := writePage(page, section.name, section.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportProfile profiles and prints tables or puts them on the page.
func (b *bench) reportProfile(o options) error {
	text, err := b.profile(o.profile)
	if err != nil {
		return err
	}
	fmt.Print("\n", text)
	if !o.write {
		return nil
	}
	return writePage(page, "profile", text)
}

func parse(args []string) (o options, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.BoolVar(&o.quick, "quick", false, "small sizes and one round: does everything work?")
	only := flags.String("only", "all", "what to measure: all, or some of "+strings.Join(namesOf(false), ", "))
	peers := flags.String("peers", "", "what to install and compare with: none (with -quick), all (without it), or some of "+strings.Join(namesOf(true), ", "))
	flags.IntVar(&o.rounds, "rounds", 3, "how often to measure everything, in turn; medians are reported")
	flags.IntVar(&o.stored, "stored", fullSizes.growthRows, "up to how many stored rows to measure; 100000000 needs 10 GB of disk")
	flags.BoolVar(&o.write, "write", false, "rewrite the tables in "+page)
	flags.StringVar(&o.profile, "profile", "", "instead of measuring, write profiles of the server's processor time to this folder")
	flags.StringVar(&o.binary, "binary", "", "measure this hostledger instead of building one")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "where the data lies while it is measured: its disk counts")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.command = strings.Join(append([]string{"go run ./bench"}, args...), " ")
	o.sizes = fullSizes
	o.sizes.growthRows = o.stored
	if o.quick {
		o.sizes, o.rounds = quickSizes, 1
	}
	if *peers == "" {
		*peers = map[bool]string{false: "all", true: "none"}[o.quick]
	}
	if o.only, err = choose("only", *only, namesOf(false)); err != nil {
		return o, err
	}
	if o.peers, err = choose("peers", *peers, namesOf(true)); err != nil {
		return o, err
	}
	return o, o.check()
}

// choose returns the names that a flag lists.
func choose(name, list string, names []string) ([]string, error) {
	switch list {
	case "all":
		return names, nil
	case "none":
		return nil, nil
	}
	chosen := strings.Split(list, ",")
	for _, each := range chosen {
		if !slices.Contains(names, each) {
			return nil, fmt.Errorf("-%s %s: expected some of %s", name, each, strings.Join(names, ", "))
		}
	}
	return chosen, nil
}

// asksFor tells whether a measure is to be taken.
func (o options) asksFor(m measure) bool {
	return slices.Contains(o.only, m.name) && (!m.peer || slices.Contains(o.peers, m.name))
}

func (o options) check() error {
	switch {
	case o.rounds < 1:
		return errors.New("-rounds must be at least 1")
	case o.stored < fullSizes.growthSites:
		return fmt.Errorf("-stored must be at least %d", fullSizes.growthSites)
	case o.write && !o.fillsTables():
		return errors.New("-write needs the full measurement, without -quick, -only and -peers, or -only logs")
	}
	return nil
}

// fillsTables tells whether every table that is measured for is measured in
// full. That of logs is one of its own.
func (o options) fillsTables() bool {
	isAll := len(o.only) == len(measures) && len(o.peers) == len(namesOf(true))
	return !o.quick && (isAll || slices.Equal(o.only, []string{"logs"}))
}
