package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/schollz/progressbar/v3"

	"github.com/hostledger/hostledger/internal/collect"
)

type collectOnceCommand struct {
	collectConfig
	databaseFlags
	DryRun bool `help:"Print what would be sent. Nothing is sent, and the same lines are read again the next time."`
	output
}

func (*collectOnceCommand) Help() string {
	return `What was read before is not read again, and what a target did not take before is sent again. Day totals are ` +
		`set, not added, so a run more never counts twice.

--data and --db name the ledger of a target with local = true. A folder can be used by one process at a time: let a ` +
		`server that runs collect by itself, with hostledger serve --collect FILE.toml.`
}

func (o *collectOnceCommand) Run(ctx context.Context) (err error) {
	log := o.logger()
	config, err := o.load(log)
	if err != nil {
		return err
	}
	local, err := o.openLocal(ctx, config, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, local.close(ctx)) }()
	bar := newProgress(progressbar.OptionShowBytes(true), progressbar.OptionUseIECUnits(true))
	options := collect.Options{Local: local.target(), Log: log, Progress: func(done, total int64) {
		bar.of("", total)
		bar.show(done)
	}}
	if o.DryRun {
		plans, status, err := collect.Rehearse(ctx, config, options)
		bar.clear()
		if err != nil {
			return err
		}
		return errors.Join(o.printPlans(plans), reportStatus(os.Stderr, status), unresolved(plans))
	}
	return o.collect(ctx, config, options, bar)
}

func (o *collectOnceCommand) collect(ctx context.Context, config *collect.Config, options collect.Options, bar *progress) error {
	collector, err := collect.Open(ctx, config, options)
	if err != nil {
		return err
	}
	sent, err := collector.Once(ctx)
	bar.clear()
	status, statusErr := collector.Status(ctx)
	if err := errors.Join(statusErr, collector.Close()); err != nil {
		return err
	}
	if _, printErr := fmt.Printf("%s sent.\n", countDays(sent)); printErr != nil {
		return printErr
	}
	if reportErr := reportStatus(os.Stderr, status); reportErr != nil {
		return reportErr
	}
	if refused := status.Refused(); err == nil && refused > 0 {
		return refusal(countDays(refused) + " refused")
	}
	return err
}

func countDays(n int) string {
	if n == 1 {
		return "1 day of a site"
	}
	return fmt.Sprintf("%d days of sites", n)
}
