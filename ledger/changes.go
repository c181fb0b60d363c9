package ledger

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
)

// The events of a change are told from an object as it was, nil for one that is
// new, and as it is, nil for one that is gone. What a change has events of its
// own for is not among the rest, which makes the object "updated"; an object
// that stays what it was has no events. What it has from its plans counts like
// its own. Their ids and causes are the store's to add.

// AccountEvents returns the events of a change of an account. One that becomes
// a customer or a reseller is deleted as what it was.
func AccountEvents(before, after *Account) []Event {
	a := cmp.Or(after, before)
	c := changes{object: objectID(a.ID)}
	class := a.eventClass()
	switch {
	case before == nil:
		c.add(class, EventCreated)
	case after == nil:
		c.add(class, EventDeleted)
	case before.eventClass() != class:
		c.add(before.eventClass(), EventDeleted)
		c.add(class, EventCreated)
	default:
		rest, is := before.inEffect(), after.inEffect()
		if class != ClassAdmin {
			part(&c, &rest.GUID, is.GUID, class, EventGUIDChanged)
			part(&c, &rest.Status, is.Status, class+statusOf, EventStatusChanged)
			part(&c, &rest.Reseller.Limits, is.Reseller.Limits, class+limitsOf, EventUpdated)
			part(&c, &rest.Reseller.Permissions, is.Reseller.Permissions, class+permissionsOf, EventUpdated)
			part(&c, &rest.Reseller.IPPool, is.Reseller.IPPool, class+ipPoolOf, EventUpdated)
		}
		part(&c, &rest, is, class, EventUpdated)
	}
	return c.events
}

// AccountUpdated returns the event of a change of what belongs to an account:
// its balances, its secret keys.
func AccountUpdated(a *Account) Event {
	return Event{EventKind: EventKind{a.eventClass(), EventUpdated}, ObjectID: objectID(a.ID)}
}

// inEffect is Webspace.inEffect for an account.
func (a *Account) inEffect() Account {
	is, s := *a, a.ResellerSettings()
	s.Limits.Values = s.Limits.Values.sorted()
	s.Permissions = s.Permissions.sorted()
	is.Reseller, is.Plan = s, a.Plan.reference()
	return is
}

// reference returns a plan of which there is nothing but its id, nil for none.
func (p *Plan) reference() *Plan {
	if p == nil {
		return nil
	}
	return &Plan{ID: p.ID}
}

func (a *Account) eventClass() EventClass {
	switch a.Role {
	case RoleAdmin:
		return ClassAdmin
	case RoleReseller:
		return ClassReseller
	}
	return ClassClient
}

// WebspaceEvents returns the events of a change of a subscription. One that is
// gone is told by the SiteEvents of its main site.
func WebspaceEvents(before, after *Webspace) []Event {
	c := changes{object: objectID(after.ID)}
	if before == nil {
		c.add(ClassDomain, EventCreated)
		c.hosting(&Hosting{}, after.Own.Hosting)
		return c.events
	}
	rest, is := before.inEffect(), after.inEffect()
	part(&c, &rest.GUID, is.GUID, ClassDomain, EventGUIDChanged)
	part(&c, &rest.Status, is.Status, ClassDomainStatus, EventStatusChanged)
	part(&c, &rest.Own.Limits, is.Own.Limits, ClassDomainLimits, EventUpdated)
	c.hosting(&rest.Own.Hosting, is.Own.Hosting)
	part(&c, &rest.Overused, is.Overused, ClassDomainTrafficLimit, EventExceeded)
	part(&c, &rest, is, ClassDomain, EventUpdated)
	return c.events
}

// inEffect returns the subscription with what holds for it as its own, in the
// order of the names, and of its plans which they are.
func (w *Webspace) inEffect() Webspace {
	is, s := *w, w.Settings()
	s.Hosting.Properties = s.Hosting.Properties.sorted()
	s.Limits.Values = s.Limits.Values.sorted()
	s.Permissions = s.Permissions.sorted()
	s.PHP = s.PHP.sorted()
	is.Own, is.Plan, is.Addons = s, w.Plan.reference(), nil
	for i := range w.Addons {
		is.Addons = append(is.Addons, *w.Addons[i].reference())
	}
	return is
}

// WebspaceUpdated returns the event of a change of what belongs to a
// subscription: its billing information.
func WebspaceUpdated(id int64) Event {
	return Event{EventKind: EventKind{ClassDomain, EventUpdated}, ObjectID: objectID(id)}
}

// SiteEvents returns the events of a change of a site.
func SiteEvents(before, after *Site) []Event {
	s := cmp.Or(after, before)
	c := changes{object: objectID(s.ID)}
	class, status := s.eventClasses()
	switch {
	case before == nil:
		c.add(class, EventCreated)
		c.hosting(&Hosting{}, after.Hosting)
	case after == nil:
		c.hosting(&before.Hosting, Hosting{})
		c.add(class, EventDeleted)
	default:
		rest := *before
		part(&c, &rest.GUID, after.GUID, class, EventGUIDChanged)
		part(&c, &rest.Status, after.Status, status, EventStatusChanged)
		c.hosting(&rest.Hosting, after.Hosting)
		part(&c, &rest, *after, class, EventUpdated)
	}
	return c.events
}

// eventClasses returns the class of a site and that of its status.
func (s *Site) eventClasses() (site, status EventClass) {
	switch {
	case s.IsMain():
		return ClassDomain, ClassDomainStatus
	case s.ParentSiteID == 0:
		return ClassSite, ClassSite
	case s.ParentSiteID == s.WebspaceID:
		return ClassSubdomain, ClassSubdomain
	}
	return ClassSiteSubdomain, ClassSiteSubdomain
}

// AliasEvents returns the events of a change of an alias.
func AliasEvents(before, after *Alias) []Event {
	a := cmp.Or(after, before)
	class := ClassSiteAlias
	if a.SiteID == a.WebspaceID {
		class = ClassDomainAlias
	}
	return wholeEvents(class, objectID(a.ID), before, after)
}

// ServerUpdated returns the event of a change of settings of the server.
func ServerUpdated(settings string) Event {
	return Event{EventKind: EventKind{ClassComponent, EventUpdated}, ObjectID: settings}
}

// PlanEvents returns the events of a change of a plan.
func PlanEvents(before, after *Plan) []Event {
	p := cmp.Or(after, before)
	class := ClassPlan
	if p.Kind == ResellerPlan {
		class = ClassResellerPlan
	}
	return wholeEvents(class, objectID(p.ID), before, after)
}

// IPAddressEvents returns the events of a change of an address.
func IPAddressEvents(before, after *IPAddress) []Event {
	return wholeEvents(ClassIPAddress, cmp.Or(after, before).Address.String(), before, after)
}

// wholeEvents returns the events of an object whose parts have none.
func wholeEvents[T any](class EventClass, object string, before, after *T) []Event {
	c := changes{object: object}
	switch {
	case before == nil:
		c.add(class, EventCreated)
	case after == nil:
		c.add(class, EventDeleted)
	default:
		rest := *before
		part(&c, &rest, *after, class, EventUpdated)
	}
	return c.events
}

func objectID(id int64) string { return strconv.FormatInt(id, 10) }

// changes collects the events of one object.
type changes struct {
	object string
	events []Event
}

func (c *changes) add(class EventClass, what EventType) {
	c.events = append(c.events, Event{EventKind: EventKind{class, what}, ObjectID: c.object})
}

// part adds an event when a part of the object is not what it was, and gives
// the object as it was the new part: what is left differs in the rest.
func part[T any](c *changes, before *T, after T, class EventClass, what EventType) {
	if !isSame(*before, after) {
		c.add(class, what)
		*before = after
	}
}

// hosting is part for the hosting of a site, which comes and goes.
func (c *changes) hosting(before *Hosting, after Hosting) {
	was, is := before.eventClass(), after.eventClass()
	if was == is {
		if is != "" {
			part(c, before, after, is, EventUpdated)
		}
		return
	}
	if was != "" {
		c.add(was, EventDeleted)
	}
	if is != "" {
		c.add(is, EventCreated)
	}
	*before = after
}

// eventClass returns the class of hosting, "" for none.
func (h *Hosting) eventClass() EventClass {
	switch h.Type {
	case HostingVirtual:
		return ClassPhosting
	case HostingForward, HostingFrameForward:
		return ClassFhosting
	}
	return ""
}

// isSame tells whether two values are kept alike: a list that is empty is like
// one that is not there.
func isSame(before, after any) bool {
	was, err1 := json.Marshal(before)
	is, err2 := json.Marshal(after)
	return err1 == nil && err2 == nil && bytes.Equal(was, is)
}
