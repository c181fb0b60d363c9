package ledger

import "iter"

const runChunk = 4096

// Run is an append-only list kept in chunks, so that growing it copies nothing
// and leaves no garbage: a packet of a million records needs the memory of a
// million records. The zero Run is empty and ready to use.
type Run[T any] struct {
	chunks [][]T
}

// Add appends a zero value and returns it to be filled in.
func (r *Run[T]) Add() *T {
	last := len(r.chunks) - 1
	switch {
	case last < 0:
		// Most packets hold one operation: they should not pay for a chunk.
		r.chunks = append(r.chunks, make([]T, 0, 1))
		last = 0
	case last == 0 && len(r.chunks[0]) == cap(r.chunks[0]) && cap(r.chunks[0]) < runChunk:
		grown := make([]T, len(r.chunks[0]), min(cap(r.chunks[0])*8, runChunk))
		copy(grown, r.chunks[0])
		r.chunks[0] = grown
	case len(r.chunks[last]) == runChunk:
		r.chunks = append(r.chunks, make([]T, 0, runChunk))
		last++
	}
	chunk := &r.chunks[last]
	*chunk = (*chunk)[:len(*chunk)+1]
	return &(*chunk)[len(*chunk)-1]
}

// Len returns the number of elements.
func (r *Run[T]) Len() int {
	if len(r.chunks) == 0 {
		return 0
	}
	return (len(r.chunks)-1)*runChunk + len(r.chunks[len(r.chunks)-1])
}

// At returns element i.
func (r *Run[T]) At(i int) *T { return &r.chunks[i/runChunk][i%runChunk] }

// All yields every element with its index, in order.
func (r *Run[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for c, chunk := range r.chunks {
			for i := range chunk {
				if !yield(c*runChunk+i, &chunk[i]) {
					return
				}
			}
		}
	}
}
