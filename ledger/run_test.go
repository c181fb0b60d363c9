package ledger_test

import (
	"errors"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func TestRunKeepsEveryElementInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 8, 9, 63, 64, 65, 4095, 4096, 4097, 8192, 20_001} {
		var run ledger.Run[int]
		for i := range n {
			*run.Add() = i
		}
		if run.Len() != n {
			t.Fatalf("a run of %d has length %d", n, run.Len())
		}
		seen := 0
		for i, element := range run.All() {
			if i != seen || *element != i || *run.At(i) != i {
				t.Fatalf("element %d of %d: index %d, value %d, At %d", seen, n, i, *element, *run.At(i))
			}
			seen++
		}
		if seen != n {
			t.Fatalf("All yielded %d of %d", seen, n)
		}
	}
}

func TestTrafficRunRemembersFailures(t *testing.T) {
	var run ledger.TrafficRun
	run.Add()
	run.Add()
	run.Fail(1, ledger.ErrNoSite)
	if run.Err(0) != nil || !errors.Is(run.Err(1), ledger.ErrNoSite) {
		t.Errorf("outcomes %v, %v", run.Err(0), run.Err(1))
	}
}
