package sqlstore

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/hostledger/hostledger/ledger"
)

// groupRecords is how many records a group gathers before it is written. It
// bounds how long those in it wait; a run that is larger is a group by itself.
const groupRecords = 20_000

// errClosed is what a run gets that comes after Close.
var errClosed = errors.New("the ledger's store is closed")

// errOutOfPatience is what a sink returns for a group that it tried to write for
// long, and that is not to blame.
var errOutOfPatience = errors.New("the database was not ready for too long")

// trafficRequest is a run that waits to be written.
type trafficRequest struct {
	scope   ledger.Scope
	run     *ledger.TrafficRun
	missing error
	done    chan error // gets the outcome once it is on disk
}

// trafficSink is a database's way of writing many records.
type trafficSink interface {
	// write keeps the runs of a group in one transaction: of two records for
	// the same site and day, the later run's and then the later record holds.
	// Records that have failed are left out; those whose site is not there, or
	// not in the scope of its run, fail with missing.
	write(group []*trafficRequest) error
	close() error
}

// trafficWriter writes traffic.
type trafficWriter struct {
	gate    *gate
	sink    trafficSink
	queue   chan *trafficRequest // without a buffer: who sends can still give up
	large   chan *trafficRequest // queue of the runs that are groups by themselves
	waiting atomic.Int64         // runs that the queues would hold
	observe func(TrafficCommit)
	closing chan struct{}
	close   func() error
}

// newTrafficWriter returns a writer that writes one group after the other, and
// beside them so many of the runs at a time that are groups by themselves; if
// none, these wait with the others.
func newTrafficWriter(gate *gate, sink trafficSink, besides int) *trafficWriter {
	w := &trafficWriter{
		gate: gate, sink: sink, queue: make(chan *trafficRequest), observe: func(TrafficCommit) {}, closing: make(chan struct{}),
	}
	var serving sync.WaitGroup
	serving.Go(func() { w.serve(w.queue) })
	w.large = w.queue
	if besides > 0 {
		w.large = make(chan *trafficRequest)
	}
	for range besides {
		serving.Go(func() { w.serve(w.large) })
	}
	w.close = sync.OnceValue(func() error {
		close(w.closing)
		serving.Wait()
		return sink.close()
	})
	return w
}

// write hands a run over and waits for its outcome.
func (w *trafficWriter) write(ctx context.Context, r *trafficRequest) error {
	if err := w.enqueue(ctx, r); err != nil {
		return err
	}
	return <-r.done
}

// enqueue waits until a run is taken.
func (w *trafficWriter) enqueue(ctx context.Context, r *trafficRequest) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	queue := w.queue
	if r.run.Len() >= groupRecords {
		queue = w.large
	}
	w.waiting.Add(1)
	defer w.waiting.Add(-1)
	select {
	case queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closing:
		return errClosed
	}
}

func (w *trafficWriter) serve(queue <-chan *trafficRequest) {
	for {
		select {
		case first := <-queue:
			w.writeGroup(first)
		case <-w.closing:
			return
		}
	}
}

// writeGroup writes a run together with those that wait behind it.
func (w *trafficWriter) writeGroup(first *trafficRequest) {
	w.gate.enterWrite()
	// Clients whose last run was just answered are about to send the next one:
	// letting them go first makes groups several times larger.
	runtime.Gosched()
	group := w.gather(first)
	outcomes := make([]error, len(group))
	if err := w.commit(group); err != nil {
		outcomes = w.writeEach(group, err)
	}
	w.gate.leaveWrite()
	for i, r := range group {
		r.done <- outcomes[i]
	}
}

// gather takes runs from the queue for as long as one waits there.
func (w *trafficWriter) gather(first *trafficRequest) []*trafficRequest {
	group := []*trafficRequest{first}
	for records := first.run.Len(); records < groupRecords; {
		select {
		case next := <-w.queue:
			group = append(group, next)
			records += next.run.Len()
		default:
			return group
		}
	}
	return group
}

// writeEach writes the runs of a group that failed one by one, so that none
// suffers for another. If none is to blame, the others that wait are not kept
// from their turn for as long once more with each.
func (w *trafficWriter) writeEach(group []*trafficRequest, failure error) []error {
	if len(group) == 1 || errors.Is(failure, errOutOfPatience) {
		return slices.Repeat([]error{failure}, len(group))
	}
	outcomes := make([]error, len(group))
	for i := range group {
		outcomes[i] = w.commit(group[i : i+1])
	}
	return outcomes
}
