package faults

import (
	"cmp"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/hostledger/hostledger/xmlapi"
)

// Injector holds the faults of one server, which asks it by [Injector.Intercept]
// and is reached through [Injector.Handler]. Its methods may be called while the
// server is at work.
type Injector struct {
	log      *slog.Logger
	mu       sync.Mutex
	injected []*Injected
}

// NewInjector returns an injector without faults. It logs every fault that
// happens.
func NewInjector(log *slog.Logger) *Injector { return &Injector{log: log} }

// Injected is a fault of a server.
type Injected struct {
	fault     Fault
	operation *xmlapi.Operation // nil: any
	of        *Injector
	calls     int
	happened  int
}

// Inject adds a fault. Its calls are counted from here. The error says why the
// fault makes no sense.
//
// When several faults are due at one call, the first of them happens, and all
// delays do.
func (i *Injector) Inject(f Fault) (*Injected, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return i.add(f), nil
}

func (i *Injector) add(f Fault) *Injected {
	added := &Injected{fault: f, operation: f.operation(), of: i}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.injected = append(i.injected, added)
	return added
}

// Happened returns how often the fault has happened.
func (f *Injected) Happened() int {
	f.of.mu.Lock()
	defer f.of.mu.Unlock()
	return f.happened
}

// Remove ends the fault.
func (f *Injected) Remove() {
	f.of.mu.Lock()
	defer f.of.mu.Unlock()
	f.of.injected = slices.DeleteFunc(f.of.injected, func(other *Injected) bool { return other == f })
}

// Intercept answers a node with an error if a fault says so. It is the Intercept
// of an [xmlapi.API].
func (i *Injector) Intercept(o *xmlapi.Operation) error {
	due := i.due(func(f *Injected) bool { return f.fault.Error != 0 && f.concerns(o) })
	if due.fault == nil {
		return nil
	}
	return due.fault.refusal(due.fault.Error, o)
}

// concerns tells whether a fault is about one of these operations.
func (f *Injected) concerns(operations ...*xmlapi.Operation) bool {
	return f.operation == nil || slices.Contains(operations, f.operation)
}

// due is what happens at a call.
type due struct {
	delay time.Duration
	fault *Fault // other than a delay, or nil
}

// due counts a call of every fault that is concerned and returns what happens
// at it.
func (i *Injector) due(isConcerned func(*Injected) bool) (d due) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, f := range i.injected {
		if !isConcerned(f) {
			continue
		}
		f.calls++
		if !f.fault.isDue(f.calls, f.happened) || d.fault != nil && f.fault.Delay == 0 {
			continue
		}
		f.happened++
		d.delay += f.fault.Delay
		if f.fault.Delay == 0 {
			d.fault = &f.fault
		}
		i.log.Info("fault", "operation", cmp.Or(f.fault.Operation, "*"), "call", f.calls, "what", f.fault.String())
	}
	return d
}
