package sqlstore

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/hostledger/hostledger/ledger"
)

// fakeSink notes the groups that it is to write, each by the sites of its runs.
type fakeSink struct {
	groups [][]int64
	fails  func(group []int64) error
	hold   chan struct{} // each write waits for one
}

func (s *fakeSink) write(group []*trafficRequest) error {
	<-s.hold
	var sites []int64
	for _, r := range group {
		sites = append(sites, r.run.At(0).SiteID)
	}
	slices.Sort(sites)
	s.groups = append(s.groups, sites)
	return s.fails(sites)
}

func (s *fakeSink) close() error { return nil }

func runOf(site int64) *trafficRequest {
	run := &ledger.TrafficRun{}
	run.Add().SiteID = site
	return &trafficRequest{run: run, done: make(chan error, 1)}
}

var errBroken = errors.New("broken")

func TestRunsAreGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sink := &fakeSink{hold: make(chan struct{}), fails: func([]int64) error { return nil }}
		writer := newTrafficWriter(&gate{}, sink, 0)
		for site := range int64(5) {
			go func() {
				if err := writer.write(t.Context(), runOf(site)); err != nil {
					t.Errorf("run %d: %v", site, err)
				}
			}()
			synctest.Wait() // the first is being written, the others wait
		}
		close(sink.hold)
		synctest.Wait()
		if want := [][]int64{{0}, {1, 2, 3, 4}}; !slices.EqualFunc(sink.groups, want, slices.Equal) {
			t.Errorf("got the groups %v, want %v", sink.groups, want)
		}
		if err := writer.close(); err != nil {
			t.Error(err)
		}
	})
}

func TestRunThatFailsHarmsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sink := &fakeSink{hold: make(chan struct{}), fails: func(sites []int64) error {
			if slices.Contains(sites, 2) {
				return errBroken
			}
			return nil
		}}
		writer := newTrafficWriter(&gate{}, sink, 0)
		outcomes := make([]error, 4)
		for site := range outcomes {
			go func() { outcomes[site] = writer.write(t.Context(), runOf(int64(site))) }()
			synctest.Wait()
		}
		close(sink.hold)
		synctest.Wait()
		if want := [][]int64{{0}, {1, 2, 3}}; !slices.EqualFunc(sink.groups[:2], want, slices.Equal) || len(sink.groups) != 5 {
			t.Errorf("got the groups %v, want %v and then each of the last alone", sink.groups, want)
		}
		for site, err := range outcomes {
			if isBroken := site == 2; errors.Is(err, errBroken) != isBroken {
				t.Errorf("run %d: got the error %v", site, err)
			}
		}
		if err := writer.close(); err != nil {
			t.Error(err)
		}
	})
}

func TestRunIsCancelledWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sink := &fakeSink{hold: make(chan struct{}), fails: func([]int64) error { return nil }}
		writer := newTrafficWriter(&gate{}, sink, 0)
		ctx, cancel := context.WithCancel(t.Context())
		outcomes := make([]error, 2)
		for site := range outcomes {
			go func() { outcomes[site] = writer.write(ctx, runOf(int64(site))) }()
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		close(sink.hold)
		synctest.Wait()
		if outcomes[0] != nil || !errors.Is(outcomes[1], context.Canceled) {
			t.Errorf("got %v for the run being written and %v for the one that waited", outcomes[0], outcomes[1])
		}
		if want := [][]int64{{0}}; !slices.EqualFunc(sink.groups, want, slices.Equal) {
			t.Errorf("got the groups %v, want %v", sink.groups, want)
		}
		if err := writer.close(); err != nil {
			t.Error(err)
		}
	})
}
