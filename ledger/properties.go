package ledger

import (
	"slices"
	"strings"
)

// MostProperties is how many values of a kind one subscription, site, plan or
// reseller may have of its own, far more than a server has: properties of hosting,
// limits, permissions, settings of PHP, applications and additional services.
const MostProperties = 1000

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
	var places map[string]int // nil: a search is quicker
	if len(changes) > fewProperties {
		places = make(map[string]int, cap(merged))
		for i := range merged {
			places[merged[i].Name] = i
		}
	}
	for _, change := range changes {
		i := merged.place(change.Name, places)
		if i >= 0 {
			merged[i].Value = change.Value
			continue
		}
		if places != nil {
			places[change.Name] = len(merged)
		}
		merged = append(merged, change)
	}
	*p = merged
}

// fewProperties are looked for one by one.
const fewProperties = 8

// place returns where a name is, which places tells if it is there, or -1.
func (p Properties[T]) place(name string, places map[string]int) int {
	if places == nil {
		return slices.IndexFunc(p, func(have Property[T]) bool { return have.Name == name })
	}
	if i, ok := places[name]; ok {
		return i
	}
	return -1
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
