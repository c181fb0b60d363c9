package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// timing is how long a load took.
type timing struct {
	elapsed   time.Duration
	latencies []time.Duration // of each question, ascending
}

// rate returns how many there were a second, of so many in all.
func (t timing) rate(count int) float64 { return float64(count) / t.elapsed.Seconds() }

// quantile returns the latency that a share of the questions does not exceed.
func (t timing) quantile(share float64) time.Duration {
	return t.latencies[int(share*float64(len(t.latencies)-1))]
}

// client has a connection of its own.
type client interface {
	// ask asks the n-th question and checks the answer.
	ask(n int) error
	close()
}

// drive has clients ask so many questions, each of which waits for an answer
// before it asks the next.
func drive(clients []client, questions int) (timing, error) {
	var next atomic.Int64
	var work sync.WaitGroup
	latencies, errs := make([]time.Duration, questions), make([]error, len(clients))
	start := time.Now()
	for i, c := range clients {
		work.Go(func() {
			for n := int(next.Add(1)) - 1; n < questions && errs[i] == nil; n = int(next.Add(1)) - 1 {
				asked := time.Now()
				errs[i] = c.ask(n)
				latencies[n] = time.Since(asked)
			}
		})
	}
	work.Wait()
	t := timing{elapsed: time.Since(start), latencies: latencies}
	for _, err := range errs {
		if err != nil {
			return timing{}, err
		}
	}
	slices.Sort(t.latencies)
	return t, nil
}

// connect opens connections, and closes those that it has when one fails.
func connect(connections int, open func() (client, error)) ([]client, error) {
	clients := make([]client, 0, connections)
	for range connections {
		c, err := open()
		if err != nil {
			disconnect(clients)
			return nil, err
		}
		clients = append(clients, c)
	}
	return clients, nil
}

func disconnect(clients []client) {
	for _, c := range clients {
		c.close()
	}
}

// load is a kind of load and the figures that it gives; those that are empty
// are not taken.
type load struct {
	connections            int
	rate, p50, p99, effort figure
}

// measure puts the load's figures into a round: questions of so many rows each,
// asked of something that has used so much processor time.
func (l load) measure(open func() (client, error), questions, rows int, used func() float64, r round) error {
	clients, err := connect(l.connections, open)
	if err != nil {
		return err
	}
	defer disconnect(clients)
	before := used()
	t, err := drive(clients, questions)
	if err != nil {
		return err
	}
	r[l.rate] = t.rate(questions * rows)
	r[l.p50], r[l.p99] = t.quantile(0.5).Seconds(), t.quantile(0.99).Seconds()
	if effort := used() - before; effort > 0 {
		r[l.effort] = effort / float64(questions)
	}
	delete(r, "")
	return nil
}
