package xmlapi

import (
	"cmp"
	"context"
	"errors"

	"github.com/hostledger/hostledger/ledger"
)

// Call is what an operation works with while a packet is executed.
type Call struct {
	context.Context
	api       *API
	intercept func(*Operation) error // that of the API, or nil
	requestID string
	who       ledger.Identity
	w         *Writer
	failed    Code // of the first error in the answer to a node, or 0
	nodes     tally
}

// intercepted returns why a node of an operation is not to be executed, or nil.
func (c *Call) intercepted(o *Operation) error {
	if c.intercept == nil {
		return nil
	}
	return c.intercept(o)
}

// Result is what every result element begins with.
type Result struct {
	Err      error
	FilterID *string
	FilterBy string // the element that FilterID is in; "": filter-id
	ID       int64  // 0: none
}

// naming makes the beginning of a result out of a match and what came of it.
type naming func(ledger.Match, error) Result

// of names the object of a match in a result.
func of(m ledger.Match, err error) Result {
	if m.Err != nil {
		err = m.Err
	}
	return Result{Err: err, FilterID: &m.FilterID, ID: m.ID}
}

// result writes a result element; the rest of it, when there was no error, is
// for the functions given.
func (c *Call) result(r Result, rest ...func()) {
	c.w.Start("result")
	c.status(r.Err)
	if r.FilterID != nil {
		c.w.Text(cmp.Or(r.FilterBy, "filter-id"), *r.FilterID)
	}
	if r.ID != 0 {
		c.w.Int("id", r.ID)
	}
	if r.Err == nil {
		for _, write := range rest {
			write()
		}
	}
	c.w.End("result")
}

// status writes status, and errcode and errtext for an error. An internal
// error is logged, and the client is told no more than that it failed.
func (c *Call) status(err error) {
	if err == nil {
		c.w.Text("status", "ok")
		return
	}
	code, text, _ := codeOf(c.public(err))
	c.fail(code)
	c.w.Text("status", "error")
	c.w.Int("errcode", int64(code))
	c.w.Text("errtext", text)
}

// public returns an error as a client may see it, and logs an internal one.
func (c *Call) public(err error) error {
	if _, text, ok := codeOf(err); !ok {
		c.api.observer().InternalError()
		c.api.Log.ErrorContext(c, "operation failed", "request", c.requestID, "error", err)
		return ledger.Errorf(ledger.ErrFailed, "%s", text)
	}
	return err
}

// breakOff ends the answer where it is when an error comes too late to be told:
// a client must not take what it got for the whole.
func (c *Call) breakOff(err error) {
	if err != nil && c.w.err == nil {
		code, _, _ := codeOf(err)
		c.fail(code)
		c.w.err = c.public(err)
	}
}

// each writes one result for every match, with what do returned for its
// object; the rest of it, when there was no error, is for the functions given.
// A blank filter that found nothing is answered by a bare ok.
func (c *Call) each(matches []ledger.Match, err error, do func(id int64) error, rest ...func()) {
	c.eachNamed(of, matches, err, do, rest...)
}

// eachNamed is each with results that name their objects in their own way.
func (c *Call) eachNamed(name naming, matches []ledger.Match, err error, do func(id int64) error, rest ...func()) {
	if err != nil || len(matches) == 0 {
		c.result(Result{Err: err})
		return
	}
	for _, m := range matches {
		if m.ID == 0 {
			c.result(name(m, nil))
			continue
		}
		err := do(m.ID)
		if errors.Is(err, ledger.ErrNotFound) {
			m.ID = 0 // gone by now: a filter may name twice what it deletes
		}
		c.result(name(m, err), rest...)
	}
}

// pageSize is how many objects are loaded at once for an answer.
const pageSize = 200

// eachLoaded is each for reading: objects are loaded by the page, and read
// returns the functions that write an object's part of its result.
func eachLoaded[T any](c *Call, matches []ledger.Match, err error, missing error,
	load func(context.Context, []int64) ([]T, error), idOf func(*T) int64, read func(*T) (func(), error),
) {
	eachLoadedNamed(c, of, matches, err, missing, load, idOf, read)
}

// eachLoadedNamed is eachLoaded with results that name their objects in their
// own way.
func eachLoadedNamed[T any](c *Call, name naming, matches []ledger.Match, err error, missing error,
	load func(context.Context, []int64) ([]T, error), idOf func(*T) int64, read func(*T) (func(), error),
) {
	if err != nil || len(matches) == 0 {
		c.result(Result{Err: err})
		return
	}
	for len(matches) > 0 && c.w.err == nil {
		page := matches[:min(pageSize, len(matches))]
		matches = matches[len(page):]
		objects, err := loadPage(c, page, load, idOf)
		for _, m := range page {
			object := objects[m.ID]
			switch {
			case err != nil:
				c.result(name(m, err))
			case m.ID == 0:
				c.result(name(m, nil))
			case object == nil:
				c.result(name(ledger.Match{FilterID: m.FilterID}, missing))
			default:
				write, err := read(object)
				c.result(name(m, err), write)
			}
		}
	}
}

func loadPage[T any](c *Call, page []ledger.Match, load func(context.Context, []int64) ([]T, error), idOf func(*T) int64) (map[int64]*T, error) {
	var ids []int64
	for _, m := range page {
		if m.ID != 0 {
			ids = append(ids, m.ID)
		}
	}
	loaded, err := load(c, ids)
	objects := make(map[int64]*T, len(loaded))
	for i := range loaded {
		objects[idOf(&loaded[i])] = &loaded[i]
	}
	return objects, err
}

// all is each for a change that is made to every object or to none.
func (c *Call) all(matches []ledger.Match, err error, do func(ids []int64) error) {
	var ids []int64
	for _, m := range matches {
		if m.ID != 0 {
			ids = append(ids, m.ID)
		}
	}
	if err == nil && len(ids) > 0 {
		err = do(ids)
	}
	if len(matches) == 0 {
		c.result(Result{Err: err})
	}
	for _, m := range matches {
		outcome := of(m, nil)
		if m.ID != 0 {
			outcome.Err = err
		}
		c.result(outcome)
	}
}
