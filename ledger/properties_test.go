package ledger_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/ledger"
)

// Few changes and many are merged alike: the last value of a name holds, at the
// place where the name was first.
func TestMerge(t *testing.T) {
	for _, changes := range []int{0, 1, 8, 9, 100} {
		have := numbered(10)
		before := numbered(10)
		want := numbered(max(10, 5+changes))
		var more ledger.Properties[string]
		for i := range changes {
			name := strconv.Itoa(5 + i)
			more = append(more, ledger.Property[string]{Name: name, Value: "not yet"}, ledger.Property[string]{Name: name, Value: "new"})
			want[5+i].Value = "new"
		}
		merged := have
		merged.Merge(more)
		if diff := cmp.Diff(want, merged); diff != "" {
			t.Errorf("%d changes (-want +got):\n%s", changes, diff)
		}
		if diff := cmp.Diff(before, have); diff != "" {
			t.Errorf("%d changes altered the list that another has (-before +after):\n%s", changes, diff)
		}
	}
}

// numbered returns properties whose names are the numbers from 0 up.
func numbered(count int) (properties ledger.Properties[string]) {
	for i := range count {
		properties = append(properties, ledger.Property[string]{Name: strconv.Itoa(i), Value: "old"})
	}
	return properties
}

func BenchmarkMerge(b *testing.B) {
	for _, size := range []int{5, 1000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			half, all := numbered(size/2), numbered(size)
			for b.Loop() {
				merged := half
				merged.Merge(all)
			}
		})
	}
}
