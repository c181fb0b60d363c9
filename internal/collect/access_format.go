package collect

import (
	"bytes"
	"errors"
	"fmt"
)

// text adds a text of the configuration to a format.
func (a *accessLog) text(s string) {
	if len(a.fields) == 0 {
		a.head = append(a.head, s...)
		return
	}
	last := &a.fields[len(a.fields)-1]
	last.after = append(last.after, s...)
}

// finish decides which fields count and how they are found, after all of them
// were added; sizes names those that tell a size, for the error where there is
// none.
func (a *accessLog) finish(sizes string) error {
	chosen := a.choose()
	if chosen[sent] == nil && chosen[exchanged] == nil {
		return errors.New("log_format: has no size: " + sizes)
	}
	if chosen[when] == nil {
		return errors.New("log_format: has no time with a date")
	}
	a.stamp = chosen[when].stamp
	return a.place()
}

// namesDomain tells whether lines say which site they are of.
func (a *accessLog) namesDomain() bool {
	for _, f := range a.fields {
		if f.holds == serverName || f.holds == hostName {
			return true
		}
	}
	return false
}

// choose leaves one field for each role.
func (a *accessLog) choose() (chosen [roleCount]*field) {
	for i := range a.fields {
		f := &a.fields[i]
		if best := chosen[f.holds]; best == nil || f.rank < best.rank {
			chosen[f.holds] = f
		}
	}
	// The sum tells what was sent where nothing better does.
	if chosen[received] == nil || chosen[sent] != nil && chosen[sent].rank == 0 {
		chosen[exchanged] = nil
	} else if chosen[exchanged] != nil {
		chosen[sent] = nil
	}
	for i := range a.fields {
		if f := &a.fields[i]; chosen[f.holds] != f {
			f.holds = nothing
		}
	}
	return chosen
}

// place decides which fields are found from which end of a line.
func (a *accessLog) place() error {
	a.back = len(a.fields)
	a.extendFront()
	host := a.trustHost()
	for a.back > a.front && a.beginsSurely(a.back-1) {
		a.back--
	}
	a.extendFront()
	for i := range a.fields {
		if !a.isSure(i, host) {
			return fmt.Errorf("log_format: %s cannot be told from texts of clients that stand beside it without quotes", a.fields[i].name)
		}
	}
	a.countQuotes()
	return nil
}

func (a *accessLog) extendFront() {
	for a.front < a.back && a.endsSurely(a.front) {
		a.front++
	}
}

// trustHost has the host that a client names read as a word, although it may
// hold blanks: whoever feigns a host may as well name another. It returns the
// place of that field where it is not between quotes, else -1.
func (a *accessLog) trustHost() int {
	for i := range a.fields {
		f := &a.fields[i]
		if f.holds == hostName && f.of == escaped && (!a.endsSurely(i) || !a.beginsSurely(i)) {
			f.of = unbroken
			return i
		}
	}
	return -1
}

// endsSurely tells whether the end of field i can be found from its beginning.
func (a *accessLog) endsSurely(i int) bool {
	f := &a.fields[i]
	if f.width > 0 {
		return true
	}
	if len(f.after) == 0 {
		return i == len(a.fields)-1
	}
	return f.of.lacks(f.after[0])
}

// beginsSurely tells whether the beginning of field i can be found from its end.
func (a *accessLog) beginsSurely(i int) bool {
	f, before := &a.fields[i], a.before(i)
	if f.width > 0 || i == 0 {
		return true
	}
	return len(before) > 0 && f.of.lacks(before[len(before)-1])
}

// isSure tells whether no client can feign what field i tells. Blanks in a
// trusted host may move the fields that are found behind it: a time, but never
// a size.
func (a *accessLog) isSure(i, host int) bool {
	switch a.fields[i].holds {
	case nothing:
		return true
	case sent, received, exchanged:
		if host >= 0 && (host < i && i < a.front || a.back <= i && i < host) {
			return false
		}
	}
	return i < a.front || i >= a.back
}

// countQuotes notes how many quotes are in the texts that are not looked at.
func (a *accessLog) countQuotes() {
	for i := a.front; i < a.back; i++ {
		if a.fields[i].of == raw {
			a.quotes = -1
			return
		}
		if i < a.back-1 {
			a.quotes += bytes.Count(a.fields[i].after, []byte{'"'})
		}
	}
}
