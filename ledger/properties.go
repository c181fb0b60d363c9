package ledger

import (
	"slices"
	"strings"
)

// Property is a named value.
type Property[T any] struct {
	Name  string `json:"n"`
	Value T      `json:"v"`
}

// Properties is a list of named values, each name once, in the order in which
// the names were first set.
type Properties[T any] []Property[T]

// Get returns the value of a name, or ok false when it is not set.
func (p Properties[T]) Get(name string) (value T, ok bool) {
	for _, property := range p {
		if property.Name == name {
			return property.Value, true
		}
	}
	return value, false
}

// Merge sets every property of changes. Whoever else has the list keeps it as
// it was.
func (p *Properties[T]) Merge(changes Properties[T]) {
	if len(changes) == 0 {
		return
	}
	merged := append(make(Properties[T], 0, len(*p)+len(changes)), *p...)
	for _, change := range changes {
		i := slices.IndexFunc(merged, func(have Property[T]) bool { return have.Name == change.Name })
		if i < 0 {
			merged = append(merged, change)
		} else {
			merged[i].Value = change.Value
		}
	}
	*p = merged
}

// where returns the properties for which a condition holds.
func (p Properties[T]) where(holds func(Property[T]) bool) (some Properties[T]) {
	for _, property := range p {
		if holds(property) {
			some = append(some, property)
		}
	}
	return some
}

// sorted returns the properties in the order of their names.
func (p Properties[T]) sorted() Properties[T] {
	return slices.SortedFunc(slices.Values(p), func(a, b Property[T]) int { return strings.Compare(a.Name, b.Name) })
}
