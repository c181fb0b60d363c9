package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Options are what a collector needs besides its configuration.
type Options struct {
	Local    Target                  // what local = true means
	Log      *slog.Logger            // nil: nothing is logged
	Now      func() time.Time        // nil: the system's clock
	Progress func(done, total int64) // told how many bytes of files were read; nil: nobody
}

// Collector reads logs and sends totals. It has its state's folder for itself,
// until it is closed.
type Collector struct {
	config  *Config
	log     *slog.Logger
	now     func() time.Time
	state   *state
	targets []*sender

	sources   []*watched
	logs      map[logKey]*log
	found     *tally
	committed time.Time
	pruned    ledger.Date
	buffer    []byte
	progress  func(done, total int64)
}

// watched is a source with its patterns.
type watched struct {
	*Source
	patterns []*pattern
}

type logKey struct{ format, path string }

// How often what was found is kept. A crash makes the rest be read again.
const (
	commitEvery = 10 * time.Second
	mostRecords = 200_000 // pairs of domain and day, so that memory is bounded
)

// How often logs are looked at while they are followed.
const (
	pollFiles   = time.Second
	pollJournal = 10 * time.Second
)

// Open opens the state and prepares the targets.
func Open(ctx context.Context, config *Config, o Options) (*Collector, error) {
	c := &Collector{
		config: config, log: o.Log, now: o.Now, progress: o.Progress,
		logs: map[logKey]*log{}, found: newTally(), buffer: make([]byte, mostLine),
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.progress == nil {
		c.progress = func(int64, int64) {}
	}
	for i := range config.Sources {
		w := &watched{Source: &config.Sources[i]}
		for _, text := range w.Files {
			p, err := newPattern(text)
			if err != nil {
				return nil, err
			}
			w.patterns = append(w.patterns, p)
		}
		c.sources = append(c.sources, w)
	}
	var err error
	if c.state, err = openState(ctx, config.State); err != nil {
		return nil, err
	}
	if err := c.openTargets(ctx, o.Local); err != nil {
		return nil, errors.Join(err, c.state.close())
	}
	return c, nil
}

func (c *Collector) openTargets(ctx context.Context, local Target) error {
	var ids []int64
	for i := range c.config.Targets {
		t, err := newSender(ctx, c, &c.config.Targets[i], local)
		if err != nil {
			return err
		}
		c.targets = append(c.targets, t)
		ids = append(ids, t.id)
	}
	return errors.Join(c.state.forgetTargetsBut(ctx, ids), c.state.setSince(ctx, c.config.Since))
}

// Close ends the collector. What was not sent stays in the state.
func (c *Collector) Close() error { return c.state.close() }

// Once reads what the logs have and sends it. It returns how many days of sites
// the targets confirmed; the error joins all that kept it from reading and
// sending everything.
func (c *Collector) Once(ctx context.Context) (sent int, err error) {
	began := c.now()
	if err := c.read(ctx, true); err != nil {
		return 0, err
	}
	var errs []error
	for _, l := range c.logs {
		errs = append(errs, l.failed)
	}
	for _, t := range c.targets {
		n, err := t.deliverPatiently(ctx, began)
		if sent += n; err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", t.name, err))
		}
	}
	return sent, errors.Join(errs...)
}

// Follow reads and sends until the context ends, which is no error.
func (c *Collector) Follow(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	caughtUp := make(chan struct{})
	var sending sync.WaitGroup
	for _, t := range c.targets {
		sending.Go(func() { t.follow(ctx, caughtUp) })
	}
	err := c.followLogs(ctx, sync.OnceFunc(func() { close(caughtUp) }))
	stop()
	sending.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// followLogs reads what comes, and tells when it has read what there was.
func (c *Collector) followLogs(ctx context.Context, caughtUp func()) error {
	tick := time.NewTicker(pollFiles)
	defer tick.Stop()
	var journals time.Time
	for {
		due := time.Since(journals) >= pollJournal
		if due {
			journals = time.Now()
		}
		if err := c.read(ctx, due); err != nil {
			return err
		}
		caughtUp()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// read reads what is new in all logs, and keeps what it finds even when it is
// interrupted.
func (c *Collector) read(ctx context.Context, journals bool) error {
	today := c.today()
	if c.pruned != today {
		if err := c.state.prune(ctx, today, c.config.Keep); err != nil {
			return fmt.Errorf("cleaning %w: %w", errState, err)
		}
		c.pruned = today
	}
	r := &reading{Collector: c, today: today, files: map[fileID][]*log{}}
	err := r.all(ctx, journals)
	if errors.Is(err, errState) {
		return err
	}
	return errors.Join(err, c.commit(ctx))
}

func (c *Collector) today() ledger.Date { return ledger.DateOf(c.now().In(c.config.Zone)) }

// commit keeps what was found since the last commit. The end of the context does
// not cut it short: what was found would be lost, and not how far logs were read.
func (c *Collector) commit(ctx context.Context) error {
	b := &batch{found: c.found, since: c.config.Since, targets: c.targets, names: c.config.Domains}
	for _, l := range c.logs {
		if l.changed {
			b.logs = append(b.logs, l)
		}
	}
	c.committed = time.Now()
	if len(b.logs) == 0 {
		return nil
	}
	err := c.state.commit(context.WithoutCancel(ctx), b)
	c.found = newTally()
	return err
}
