package ledger

import (
	"fmt"
	"slices"
)

// Descriptor tells of properties that clients set by name on objects of a kind:
// limits, permissions, or properties of physical hosting. See the page on the
// representation of object descriptors in the XML API reference.
type Descriptor struct {
	Properties []PropertyDescriptor
	WritableBy []Role // who may set them on an object that he sees
}

// PropertyDescriptor tells of one property.
type PropertyDescriptor struct {
	Name    string
	Type    PropertyType
	Default string // the value until one is set; empty: none
	Label   string // what people call it
}

// PropertyType is what the values of a property are.
type PropertyType struct {
	Name   string   // string, password, int, boolean, bytes (-1: unlimited), date (Unix seconds)
	Values []string // those that a client may choose from; nil: any
}

// The descriptors. Of a site that is no main site, the customer sets the
// hosting himself, where his subscription's permissions let him.
var (
	WebspaceLimits      = describe(webspaceLimits, RoleAdmin, RoleReseller)
	WebspacePermissions = describe(webspacePermissions, RoleAdmin, RoleReseller)
	WebspaceHosting     = describe(hostingProperties, RoleAdmin, RoleReseller)
	SiteHosting         = describe(hostingProperties, RoleAdmin, RoleReseller, RoleCustomer)
	PlanHosting         = describe(planHosting, RoleAdmin, RoleReseller)
	AddonLimits         = describe(addonLimits, RoleAdmin, RoleReseller)
	AddonPermissions    = describe(addonPermissions, RoleAdmin, RoleReseller)
	AddonHosting        = describe(addonHosting, RoleAdmin, RoleReseller)
	ResellerLimits      = describe(resellerLimits, RoleAdmin)
	ResellerPermissions = describe(resellerPermissions, RoleAdmin)
)

// knownProperty is a row of the tables of properties.
type knownProperty[T any] struct {
	name      string
	valueType PropertyType
	initial   T
	label     string
}

func describe[T any](table []knownProperty[T], writableBy ...Role) Descriptor {
	d := Descriptor{WritableBy: writableBy}
	for _, p := range table {
		d.Properties = append(d.Properties, PropertyDescriptor{p.name, p.valueType, fmt.Sprint(p.initial), p.label})
	}
	return d
}

// complete returns every property of a table in its order, then the others that
// were set; those never set have their defaults.
func complete[T any](table []knownProperty[T], have Properties[T]) Properties[T] {
	all := make(Properties[T], 0, len(table)+len(have))
	for _, p := range table {
		all = append(all, Property[T]{p.name, p.initial})
	}
	all.Merge(have)
	return all
}

// pick returns the rows of a table with the given names, in their order.
func pick[T any](table []knownProperty[T], names ...string) []knownProperty[T] {
	rows := make([]knownProperty[T], len(names))
	for i, name := range names {
		rows[i] = table[slices.IndexFunc(table, func(p knownProperty[T]) bool { return p.name == name })]
	}
	return rows
}

// withoutDefaults returns a table whose properties are nothing until they are
// set.
func withoutDefaults[T any](table []knownProperty[T]) []knownProperty[T] {
	rows := slices.Clone(table)
	for i := range rows {
		var nothing T
		rows[i].initial = nothing
	}
	return rows
}

// zero returns every property of a table with the least that it can be: nothing
// of a limit, no permission.
func zero[T any](table []knownProperty[T]) Properties[T] {
	all := make(Properties[T], len(table))
	for i, p := range table {
		all[i].Name = p.name
	}
	return all
}
