package ledger

import (
	"cmp"
	"slices"
	"strconv"
)

// Settings returns what holds for the subscription. One that follows its plan
// has the plan's values, what its add-on plans add to them, and over these what
// is its own; a custom or locked one has its own only.
func (w *Webspace) Settings() Settings {
	if !w.follows() {
		return w.Own
	}
	s := w.provided()
	s.overlay(&w.Own)
	return s
}

// follows tells whether changes of its plans reach the subscription.
func (w *Webspace) follows() bool { return w.Plan != nil && !w.Locked }

// provided returns what the plans of the subscription give it.
func (w *Webspace) provided() Settings {
	s := w.Plan.provides()
	for i := range w.Addons {
		s.add(&w.Addons[i].Settings.Settings)
	}
	return s
}

// provides returns what the plan gives to its subscriptions.
func (p *Plan) provides() Settings {
	s := p.Settings.clone()
	s.Hosting.Properties = s.Hosting.shared()
	if months := p.Settings.Preferences.StatTTL; months != nil {
		ttl := "" // for ever
		if *months > 0 {
			ttl = strconv.FormatInt(*months, 10)
		}
		s.Prefs.StatTTL = &ttl
	}
	if s.Mail.MailService == nil {
		s.Mail.MailService = p.Settings.Preferences.MailService
	}
	return s
}

// lock makes the subscription keep what it has whatever becomes of its plan.
func (w *Webspace) lock() {
	w.Own, w.Locked = w.Settings(), true
}

// follow makes the subscription follow a plan, and the add-on plans that it
// has. Of its own it keeps what no plan says: what makes it itself, such as its
// addresses and the name of its FTP user.
func (w *Webspace) follow(plan *Plan) {
	own := &w.Own
	hosting, prefs, mail := own.Hosting, own.Prefs, own.Mail
	hosting.Properties = hosting.Properties.where(isOwn)
	prefs.StatTTL = nil
	w.Plan, w.Locked = plan, false
	w.Own = Settings{
		Hosting: hosting, Prefs: prefs, TurnOffAction: own.TurnOffAction, DBServers: own.DBServers,
		Mail: Mail{
			None: mail.None, SpamProtectSign: mail.SpamProtectSign, Greylisting: mail.Greylisting, IPs: mail.IPs,
			ProviderPackage: mail.ProviderPackage, WebmailCertificate: mail.WebmailCertificate,
		},
	}
}

// ownProperties are the properties of hosting that two subscriptions of a plan
// do not have in common.
var ownProperties = []string{"ftp_login", "fp_admin_login", wwwRoot, "certificate_name"}

func isOwn(p Property[string]) bool { return slices.Contains(ownProperties, p.Name) }

// shared returns a copy of the properties that all subscriptions of a plan have.
func (h *Hosting) shared() Properties[string] {
	return h.Properties.where(func(p Property[string]) bool { return !isOwn(p) })
}

// leave makes the subscription a custom one, with the values it has.
func (w *Webspace) leave() {
	w.Own = w.Settings()
	w.Plan, w.Addons, w.Locked = nil, nil, false
}

// moveTo gives the subscription to a provider. It follows the plan, which is one
// of his; without one it stays with plans of his only.
func (w *Webspace) moveTo(provider int64, plan *Plan) {
	isOthers := func(p Plan) bool { return p.OwnerID != provider }
	if w.Plan != nil && (isOthers(*w.Plan) || slices.ContainsFunc(w.Addons, isOthers)) {
		w.leave()
	}
	if plan != nil {
		w.follow(plan)
	}
}

// clone copies the lists that overlay and add change.
func (s *Settings) clone() Settings {
	c := *s
	c.Hosting.Properties = slices.Clone(s.Hosting.Properties)
	c.Limits.Values = slices.Clone(s.Limits.Values)
	c.Permissions = slices.Clone(s.Permissions)
	c.PHP = slices.Clone(s.PHP)
	c.Mail.IPs = slices.Clone(s.Mail.IPs)
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
	s.Limits.Overuse = cmp.Or(own.Limits.Overuse, s.Limits.Overuse)
	s.TurnOffAction = own.TurnOffAction
}

// add adds what an add-on plan provides: limits add up, permissions are
// granted, bounds are raised, PHP settings are set. An add-on takes nothing away.
func (s *Settings) add(addon *Settings) {
	sums := slices.Clone(addon.Limits.Values)
	for i, more := range sums {
		sums[i].Value = s.Limits.with(more)
	}
	s.Limits.Values.Merge(sums)
	s.Permissions.Merge(addon.Permissions.where(func(p Property[bool]) bool { return p.Value }))
	s.Hosting.Properties.Merge(addon.Hosting.shared().where(s.Hosting.gains))
	s.PHP.Merge(addon.PHP)
	s.Performance.raise(addon.Performance)
	ListUpdate[string]{Add: addon.Packages}.apply(&s.Packages)
}

// with returns a limit with what an add-on plan adds to it. The size of a
// mailbox and the day of expiration are no amounts: the greater holds.
func (l Limits) with(more Property[int64]) int64 {
	have, isSet := l.Values.Get(more.Name)
	switch {
	case !isSet || have == unlimited || more.Value == unlimited:
		return unlimited
	case more.Name == "mbox_quota" || more.Name == "expiration":
		return max(have, more.Value)
	case have > maxLimit-more.Value:
		return maxLimit
	}
	return have + more.Value
}

const maxLimit = 1<<63 - 1

// gains tells whether the property of an add-on plan gives something that is
// not there: a switch that is on, or more room.
func (h *Hosting) gains(more Property[string]) bool {
	switch more.Value {
	case "", "0", "false", "none", "/bin/false":
		return false
	}
	if more.Name != "ftp_quota" {
		return true
	}
	have, isSet := h.Properties.Get(more.Name)
	return isSet && exceeds(quota(more.Value), quota(have))
}

// quota returns the bytes of an ftp_quota, 0 for what is no number.
func quota(value string) int64 {
	bytes, _ := strconv.ParseInt(value, 10, 64)
	return bytes
}

// raise lifts bounds to those of an add-on plan.
func (p *Performance) raise(more Performance) {
	if p.Bandwidth != nil && more.Bandwidth != nil && exceeds(rate(*more.Bandwidth), rate(*p.Bandwidth)) {
		p.Bandwidth = more.Bandwidth
	}
	if p.MaxConnections != nil && more.MaxConnections != nil && exceeds(*more.MaxConnections, *p.MaxConnections) {
		p.MaxConnections = more.MaxConnections
	}
}

// rate returns the KB/s of a bandwidth, which has been checked to be a number.
func rate(bandwidth string) float64 {
	rate, _ := strconv.ParseFloat(bandwidth, 64)
	return rate
}

// exceeds tells whether a bound is higher than another; -1 is unlimited.
func exceeds[T int64 | float64](a, b T) bool {
	return b != T(unlimited) && (a == T(unlimited) || a > b)
}

// ResellerSettings returns what holds for a reseller: his plan's limits and
// permissions, or his own when he has no plan or is locked.
func (a *Account) ResellerSettings() ResellerSettings {
	if a.Plan == nil || a.Locked {
		return a.Reseller
	}
	s := a.Plan.ForReseller()
	s.PowerUser, s.IPPool = a.Reseller.PowerUser, a.Reseller.IPPool
	return s
}

// ForReseller returns what a plan for resellers gives to those who follow it.
func (p *Plan) ForReseller() ResellerSettings {
	s := &p.Settings
	return ResellerSettings{
		Oversell:    s.Oversell,
		Limits:      Limits{Overuse: s.Limits.Overuse, Values: slices.Clone(s.Limits.Values)},
		Permissions: slices.Clone(s.Permissions),
	}
}

// lock makes the reseller keep what he has whatever becomes of his plan.
func (a *Account) lock() {
	a.Reseller, a.Locked = a.ResellerSettings(), true
}
