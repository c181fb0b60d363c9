package xmlapi

import (
	"slices"
	"strings"
)

// mostExpected is how many names libxml2 lists in a message.
const mostExpected = 10

// Next tells whether the element that comes next is name, without consuming
// it. A name that is not there is remembered as one that could have been.
func (r *Reader) Next(name string) bool {
	if r.isNext(name) {
		return true
	}
	r.expect(name)
	return false
}

// NextOf returns which of the names the next element has, or -1.
func (r *Reader) NextOf(names ...string) int {
	i := r.peek(names)
	if i < 0 {
		r.expect(names...)
	}
	return i
}

// Again is Next for the second and later elements of a bounded repetition,
// which libxml2 does not list among those expected.
func (r *Reader) Again(name string) bool { return r.isNext(name) }

// OneOf returns which of the names the next element has; that it has none of
// them is a violation.
func (r *Reader) OneOf(names ...string) int {
	i := r.NextOf(names...)
	if i < 0 {
		r.unexpected()
	}
	return i
}

func (r *Reader) peek(names []string) int {
	if !r.findStart() {
		return -1
	}
	have := r.tagName()
	return slices.IndexFunc(names, func(name string) bool { return name == string(have) })
}

func (r *Reader) isNext(name string) bool { return r.findStart() && string(r.tagName()) == name }

// findStart moves to the next start tag. It returns false when an end tag
// comes first, or the tag's name has a namespace.
func (r *Reader) findStart() bool {
	return r.ok() && !r.justEmpty && r.nextTag(false) == startTag && r.tag.namespace == ""
}

func (r *Reader) expect(names ...string) { r.expected = append(r.expected, names...) }

// Enter consumes the start tag of the element name, whose children follow, and
// returns false when it is not there. Each Enter that returned true takes a
// Leave. Only the attributes named are allowed.
func (r *Reader) Enter(name string, attributes ...string) bool {
	if r.enterFast(name) {
		return true
	}
	if !r.require(name) {
		return false
	}
	r.checkAttributes(name, attributes...)
	if !r.ok() {
		return false
	}
	empty := r.tag.empty
	r.consumeTag(name)
	r.expected = r.expected[:0]
	r.justEmpty = empty
	return r.ok()
}

// Leave consumes the end tag of the element entered last; a child that is
// still there is a violation.
func (r *Reader) Leave() {
	if !r.ok() {
		return
	}
	if r.leaveFast() {
		return
	}
	if !r.atEnd() {
		if r.ok() {
			r.unexpected()
		}
		return
	}
	r.consumeLeave()
}

// consumeLeave closes the element whose end nextTag has seen.
func (r *Reader) consumeLeave() {
	if r.justEmpty {
		r.justEmpty = false
		r.closeElement()
	} else {
		r.consumeEnd()
	}
	r.expected = r.expected[:0]
}

// atEnd tells whether the element entered last has no more children.
func (r *Reader) atEnd() bool { return r.justEmpty || r.nextTag(false) == endTag }

// require moves to the element name; that something else is there is a
// violation.
func (r *Reader) require(name string) bool {
	if r.Next(name) {
		return true
	}
	r.unexpected()
	return false
}

// unexpected notes that what comes next cannot stand here.
func (r *Reader) unexpected() {
	if !r.ok() {
		return
	}
	switch {
	case r.atEnd():
		r.violateIn(r.innermost(), "Missing child element(s).%s", r.expectation())
	case r.ok():
		name := r.expand(string(r.tagName()), r.tag.namespace)
		r.violate(r.offset()+int64(r.tag.size), "Element '%s': This element is not expected.%s", name, r.expectation())
	}
}

func (r *Reader) expectation() string {
	names := r.expected[:min(len(r.expected), mostExpected)]
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " Expected is ( " + names[0] + " )."
	}
	return " Expected is one of ( " + strings.Join(names, ", ") + " )."
}

// All walks the children of an element of which each may come once, in any
// order (XML Schema's "all"):
//
//	for i := range r.All(names, required) { ... consume names[i] ... }
//
// The names of required must come.
func (r *Reader) All(names []string, required ...string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		seen := make([]bool, len(names))
		for r.ok() && !r.atEnd() && r.ok() {
			i := r.peek(names)
			if i < 0 || seen[i] {
				r.expectRest(names, seen, required)
				r.unexpected()
				return
			}
			seen[i] = true
			if !yield(i) {
				return
			}
		}
		for _, name := range required {
			if r.ok() && !seen[slices.Index(names, name)] {
				r.expectRest(names, seen, required)
				r.unexpected()
			}
		}
	}
}

// expectRest lists what an "all" still lacks: nothing when all that it
// requires is there.
func (r *Reader) expectRest(names []string, seen []bool, required []string) {
	r.expected = r.expected[:0]
	lacking := slices.ContainsFunc(required, func(name string) bool { return !seen[slices.Index(names, name)] })
	for i, name := range names {
		if lacking && !seen[i] {
			r.expected = append(r.expected, name)
		}
	}
}
