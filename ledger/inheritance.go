package ledger

import "slices"

// Settings returns what holds for the subscription. One that follows its plan
// has the plan's values, what its add-on plans add to them, and over these what
// is its own; a custom or locked one has its own only.
func (w *Webspace) Settings() Settings {
	if w.Plan == nil || w.Locked {
		return w.Own
	}
	s := w.Plan.Settings.clone()
	for i := range w.Addons {
		s.add(&w.Addons[i].Settings.Settings)
	}
	s.overlay(&w.Own)
	return s
}

// lock makes the subscription keep what it has whatever becomes of its plan.
func (w *Webspace) lock() {
	w.Own, w.Locked = w.Settings(), true
}

// follow gives up what the subscription has of its own and its plans have too.
// What makes it itself, such as addresses and the name of its FTP user, stays.
func (w *Webspace) follow() {
	own := Settings{
		Hosting: w.Own.Hosting, Prefs: w.Own.Prefs, TurnOffAction: w.Own.TurnOffAction, DBServers: w.Own.DBServers,
	}
	plans := slices.Concat([]Plan{*w.Plan}, w.Addons)
	own.Hosting.Properties = slices.DeleteFunc(slices.Clone(own.Hosting.Properties), func(p Property[string]) bool {
		return slices.ContainsFunc(plans, func(plan Plan) bool {
			_, ok := plan.Settings.Hosting.Properties.Get(p.Name)
			return ok
		})
	})
	w.Own, w.Locked = own, false
}

// leave makes the subscription a custom one, with the values it has.
func (w *Webspace) leave() {
	w.Own = w.Settings()
	w.Plan, w.Addons, w.Locked = nil, nil, false
}

// moveTo gives the subscription to a provider. It follows the plan, which is one
// of his; without one it stays with a plan of his only.
func (w *Webspace) moveTo(provider int64, plan *Plan) {
	if w.Plan != nil && w.Plan.OwnerID != provider {
		w.leave()
	}
	if plan != nil {
		w.Plan = plan
		w.follow()
	}
}

// clone copies the lists that overlay and add change.
func (s *Settings) clone() Settings {
	c := *s
	c.Hosting.Properties = slices.Clone(s.Hosting.Properties)
	c.Limits.Values = slices.Clone(s.Limits.Values)
	c.Permissions = slices.Clone(s.Permissions)
	c.PHP = slices.Clone(s.PHP)
	c.PlanItems = slices.Clone(s.PlanItems)
	c.Packages = slices.Clone(s.Packages)
	c.DBServers = slices.Clone(s.DBServers)
	return c
}

// overlay puts the values that a subscription has of its own over its plans'.
func (s *Settings) overlay(own *Settings) {
	properties := s.Hosting.Properties
	s.Hosting = own.Hosting
	if own.Hosting.Type == HostingVirtual {
		properties.Merge(own.Hosting.Properties)
		s.Hosting.Properties = properties
	}
	s.apply(SettingsUpdate{
		Limits:      &LimitsUpdate{Values: own.Limits.Values},
		Prefs:       &own.Prefs,
		Performance: &own.Performance,
		Permissions: &PermissionsUpdate{Values: own.Permissions},
		PHP:         own.PHP,
		Mail:        &own.Mail,
		PlanItems:   ListUpdate[string]{Add: own.PlanItems},
		Packages:    ListUpdate[string]{Add: own.Packages},
		APSFilter:   own.APSFilter,
		DBServers:   ListUpdate[int64]{Add: own.DBServers},
	})
	s.TurnOffAction = own.TurnOffAction
}

// add adds what an add-on plan provides: limits add up, permissions are
// granted, and other values are set. An add-on takes nothing away.
func (s *Settings) add(addon *Settings) {
	for _, more := range addon.Limits.Values {
		s.Limits.Values.Merge(Properties[int64]{{more.Name, s.Limits.with(more)}})
	}
	grants := func(granted bool) bool { return granted }
	s.Permissions.Merge(addon.Permissions.where(grants))
	s.Hosting.Properties.Merge(addon.Hosting.Properties.where(func(value string) bool { return value != "false" }))
	s.PHP.Merge(addon.PHP)
	s.Performance.merge(addon.Performance)
	ListUpdate[string]{Add: addon.Packages}.apply(&s.Packages)
}

// with returns a limit with what an add-on plan adds to it. The size of a
// mailbox and the day of expiration are no amounts: the greater holds.
func (l Limits) with(more Property[int64]) int64 {
	have, _ := l.Complete().Get(more.Name)
	switch {
	case have == unlimited || more.Value == unlimited:
		return unlimited
	case more.Name == "mbox_quota" || more.Name == "expiration":
		return max(have, more.Value)
	case have > maxLimit-more.Value:
		return maxLimit
	}
	return have + more.Value
}

const maxLimit = 1<<63 - 1

// where returns the properties whose value fulfils a condition.
func (p Properties[T]) where(holds func(T) bool) (some Properties[T]) {
	for _, property := range p {
		if holds(property.Value) {
			some = append(some, property)
		}
	}
	return some
}

// ResellerSettings returns what holds for a reseller: his plan's limits and
// permissions, or his own when he has no plan or is locked.
func (a *Account) ResellerSettings() ResellerSettings {
	if a.Plan == nil || a.Locked {
		return a.Reseller
	}
	plan := &a.Plan.Settings
	return ResellerSettings{
		Oversell: plan.Oversell, PowerUser: a.Reseller.PowerUser, IPPool: a.Reseller.IPPool,
		Limits:      Limits{Overuse: plan.Limits.Overuse, Values: slices.Clone(plan.Limits.Values)},
		Permissions: slices.Clone(plan.Permissions),
	}
}

// lock makes the reseller keep what he has whatever becomes of his plan.
func (a *Account) lock() {
	a.Reseller, a.Locked = a.ResellerSettings(), true
}
