package hostledgertest

import (
	"sync"
	"time"
)

// beginning is when the clock of every server stands at first.
var beginning = time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)

// SetTime sets the server's clock, which stands still then.
func (s *Server) SetTime(now time.Time) {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	s.clock.now = now
}

// Advance sets the server's clock forward.
func (s *Server) Advance(d time.Duration) {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	s.clock.now = s.clock.now.Add(d)
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}
