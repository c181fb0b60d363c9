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

// page is where -write puts the table.
const page = "docs/performance.md"

// options are the command line's.
type options struct {
	sizes   sizes
	rounds  int
	only    []string // names of measures; none: all
	write   bool
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
	rounds, err := b.rounds(o)
	if err != nil {
		return err
	}
	text := report(o, rounds, b.environment())
	fmt.Print("\n", text)
	if o.write {
		return writePage(page, text)
	}
	return nil
}

func parse(args []string) (o options, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := flags.Bool("quick", false, "small sizes and one round: does everything work?")
	only := flags.String("only", "", "measure only these, separated by commas: "+strings.Join(measureNames(), ", "))
	flags.IntVar(&o.rounds, "rounds", 5, "how often to measure everything, in turn; medians are reported")
	flags.BoolVar(&o.write, "write", false, "rewrite the table in "+page)
	flags.StringVar(&o.binary, "binary", "", "measure this hostledger instead of building one")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "where the data lies while it is measured: its disk counts")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.command = strings.Join(append([]string{"go run ./bench"}, args...), " ")
	o.sizes = fullSizes
	if *quick {
		o.sizes, o.rounds = quickSizes, 1
	}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	return o, o.check(*quick)
}

func (o options) check(quick bool) error {
	for _, name := range o.only {
		if !slices.Contains(measureNames(), name) {
			return fmt.Errorf("-only %s: expected some of %s", name, strings.Join(measureNames(), ", "))
		}
	}
	switch {
	case o.rounds < 1:
		return errors.New("-rounds must be at least 1")
	case o.write && (quick || len(o.only) > 0):
		return errors.New("-write needs the full measurement, without -quick and -only")
	}
	return nil
}
