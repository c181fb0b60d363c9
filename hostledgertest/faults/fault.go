// Package faults lets a server fail on purpose, so that programs that use it can
// show what they do then. Package hostledgertest has it for tests in Go; for other
// languages there is hostledger serve --ephemeral --faults FILE.
package faults

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/hostledger/hostledger/xmlapi"
)

// Fault is something that goes wrong: with which calls, and what. The calls that
// a fault counts are the nodes of its operation if it is an Error, and the packets
// in which the operation occurs if it is anything else. Without Call, From, Every
// and Times it happens at each of them.
type Fault struct {
	// Operation is the operator and the operation, such as webspace.set_traffic.
	// "" and "*" mean any, and for other faults than an Error any packet, valid
	// or not.
	Operation string `toml:"operation"`

	Call  int `toml:"call"`  // at this call only; the first is 1
	From  int `toml:"from"`  // at this call and those after it
	Every int `toml:"every"` // at every second (2), third (3) … call, counted from From
	Times int `toml:"times"` // at most so often

	// What happens, which is one of these:

	Error  xmlapi.Code   `toml:"error"`  // the node is answered with this code, and not executed
	Refuse xmlapi.Code   `toml:"refuse"` // the packet is refused with this code, and nothing of it executed
	Status int           `toml:"status"` // HTTP status, from 400 up, with a page in HTML, as of a proxy; nothing is executed
	Cut    Cut           `toml:"cut"`    // the connection ends
	Delay  time.Duration `toml:"-"`      // the packet is executed, and the answer comes so much later

	Text string `toml:"text"` // of Error and Refuse; "": what this server says with that code
}

// Cut says when a connection ends.
type Cut string

// When a connection ends.
const (
	Before Cut = "before" // nothing of the packet was executed
	After  Cut = "after"  // the packet was executed, and the answer is lost
	Middle Cut = "middle" // the packet was executed, and half of the answer arrives
)

// check returns why a fault makes no sense.
func (f *Fault) check() error {
	what := 0
	for _, is := range []bool{f.Error != 0, f.Refuse != 0, f.Status != 0, f.Cut != "", f.Delay != 0} {
		if is {
			what++
		}
	}
	switch {
	case what != 1:
		return errors.New("a fault is one of error, refuse, status, cut and delay")
	case f.operation() == nil && !f.isOfAny():
		return fmt.Errorf("operation: there is no %q; expected one such as webspace.set_traffic, or *", f.Operation)
	case f.Call < 0 || f.From < 0 || f.Every < 0 || f.Times < 0:
		return errors.New("call, from, every, times: expected numbers from 1 up")
	case f.Call != 0 && (f.From != 0 || f.Every != 0 || f.Times != 0):
		return errors.New("call: expected without from, every and times")
	case f.Error < 0 || f.Refuse < 0:
		return errors.New("error, refuse: expected a code, such as 1023")
	case f.Status != 0 && (f.Status < 400 || f.Status > 599):
		return fmt.Errorf("status: expected an HTTP status from 400 to 599, not %d", f.Status)
	case f.Cut != "" && f.Cut != Before && f.Cut != After && f.Cut != Middle:
		return fmt.Errorf("cut: expected %s, %s or %s, not %q", Before, After, Middle, f.Cut)
	case f.Delay < 0:
		return errors.New("delay: expected a duration such as 1.5s")
	case f.Text != "" && f.Error == 0 && f.Refuse == 0:
		return errors.New("text: expected with error or refuse only")
	}
	return nil
}

func (f *Fault) isOfAny() bool { return f.Operation == "" || f.Operation == "*" }

// operation returns the operation that the fault is about, nil for none or any.
func (f *Fault) operation() *xmlapi.Operation {
	all := xmlapi.Operations()
	i := slices.IndexFunc(all, func(o *xmlapi.Operation) bool { return o.Operator+"."+o.Name == f.Operation })
	if i < 0 {
		return nil
	}
	return all[i]
}

// isDue tells whether the fault is to happen at a call, when it has happened
// so often.
func (f *Fault) isDue(call, happened int) bool {
	switch {
	case f.Call != 0:
		return call == f.Call
	case f.Times != 0 && happened >= f.Times:
		return false
	}
	every := max(f.Every, 1)
	from := cmp.Or(f.From, every)
	return call >= from && (call-from)%every == 0
}

// String tells what happens.
func (f *Fault) String() string {
	switch {
	case f.Error != 0:
		return fmt.Sprintf("error %d", f.Error)
	case f.Refuse != 0:
		return fmt.Sprintf("packet refused with %d", f.Refuse)
	case f.Status != 0:
		return fmt.Sprintf("HTTP status %d %s", f.Status, http.StatusText(f.Status))
	case f.Cut != "":
		return fmt.Sprintf("connection cut, %s", f.Cut)
	}
	return fmt.Sprintf("answer delayed by %s", f.Delay)
}
