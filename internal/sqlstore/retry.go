package sqlstore

import (
	"context"
	"math/rand/v2"
	"time"
)

// How long is waited before what failed is tried again, at most: twice as long
// each time, but never longer than the longest; and for how long in all.
const (
	firstWait   = 4 * time.Millisecond
	longestWait = 500 * time.Millisecond
	patience    = 30 * time.Second
)

// persist calls attempt again for as long as it returns errors that may be
// tried again, until ctx ends or patience does. Whoever collides with others
// waits for another time than they do.
func persist(ctx context.Context, mayRepeat func(error) bool, attempt func() error) error {
	end := time.Now().Add(patience)
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := attempt()
		if err == nil || !mayRepeat(err) || time.Now().After(end) {
			return err
		}
		select {
		case <-time.After(rand.N(wait)):
		case <-ctx.Done():
			return err
		}
	}
}
