package ledger

import (
	"cmp"
	"slices"
)

// Settings are the blocks of a subscription that a client sets and reads back:
// hosting, limits, preferences and the rest. The ledger keeps them; limits and
// hosting are acted on by the programs that serve the sites. Plans have the
// same blocks, for their subscriptions to follow.
type Settings struct {
	Hosting     Hosting            `json:"hosting"`
	Limits      Limits             `json:"limits"`
	Prefs       Prefs              `json:"prefs"`
	Performance Performance        `json:"performance"`
	Permissions Properties[bool]   `json:"permissions,omitempty"`
	PHP         Properties[string] `json:"php,omitempty"`
	Mail        Mail               `json:"mail"`
	PlanItems   []string           `json:"plan_items,omitempty"` // additional services
	Packages    []string           `json:"packages,omitempty"`   // names or URLs of applications that are provided
	APSFilter   *bool              `json:"aps_filter,omitempty"` // whether only these packages are; nil: no
	DBServers   []int64            `json:"db_servers,omitempty"`
	// TurnOffAction is what a visitor of the main site gets while it is off.
	TurnOffAction string `json:"turn_off_action,omitempty"`
}

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

// HostingType is how a site is served.
type HostingType string

// The hosting types of the protocol (domainHType).
const (
	HostingVirtual      HostingType = "vrt_hst" // web space on the server
	HostingForward      HostingType = "std_fwd" // redirect to another URL
	HostingFrameForward HostingType = "frm_fwd" // another URL in a frame
	HostingNone         HostingType = "none"
	defaultRedirectCode             = 301
	unlimited           int64       = -1
)

// Hosting is how a site is served and with what properties.
type Hosting struct {
	Type       HostingType        `json:"type"`
	Properties Properties[string] `json:"properties,omitempty"` // of HostingVirtual
	Home       *string            `json:"home,omitempty"`       // of a subdomain's HostingVirtual: its folder in the parent's
	URL        string             `json:"url,omitempty"`        // of the two kinds of forwarding
	HTTPCode   int64              `json:"http_code,omitempty"`  // of HostingForward
	IPs        []string           `json:"ips,omitempty"`
}

// merge applies a change: properties add up while the type stays, and a
// change of type starts afresh. Addresses not given stay.
func (h *Hosting) merge(change Hosting) {
	if len(change.IPs) == 0 {
		change.IPs = h.IPs
	}
	if change.Type == HostingVirtual && h.Type == HostingVirtual {
		merged := h.Properties
		merged.Merge(change.Properties)
		change.Properties = merged
		change.Home = cmp.Or(change.Home, h.Home)
	}
	if change.Type == HostingForward && change.HTTPCode == 0 {
		change.HTTPCode = defaultRedirectCode
	}
	change.Properties = withoutSecrets(change.Properties)
	*h = change
}

// withoutSecrets returns a copy without secretProperties: a change may be for
// several objects.
func withoutSecrets(properties Properties[string]) Properties[string] {
	return slices.DeleteFunc(slices.Clone(properties), func(p Property[string]) bool {
		return slices.Contains(secretProperties, p.Name)
	})
}

const wwwRoot = "www_root"

// CompleteProperties returns every known property of physical hosting of a
// domain in the protocol's order, then the others that were set. Passwords are
// not kept, so theirs are empty.
func (h *Hosting) CompleteProperties(domain string) Properties[string] {
	all := complete(hostingProperties, Properties[string]{{wwwRoot, "/var/www/vhosts/" + domain + "/httpdocs"}})
	all.Merge(h.Properties)
	return all
}

// CompleteOfPlan is CompleteProperties for a service plan.
func (h *Hosting) CompleteOfPlan() Properties[string] { return complete(planHosting, h.Properties) }

// secretProperties are passwords of other services. The ledger has no use for
// them, so it does not keep them.
var secretProperties = []string{"ftp_password", "fp_admin_password", "smtp_password"}

// Limits are the resources that a subscription may use; -1 is unlimited.
type Limits struct {
	Overuse string            `json:"overuse,omitempty"` // what happens past a limit
	Values  Properties[int64] `json:"values,omitempty"`
}

// LimitsUpdate changes Limits.
type LimitsUpdate struct {
	Overuse   *string
	Values    Properties[int64]
	AllToZero bool
}

func (l *Limits) merge(u LimitsUpdate) {
	if u.AllToZero {
		l.Values.Merge(zero(webspaceLimits))
	}
	set(&l.Overuse, u.Overuse)
	l.Values.Merge(u.Values)
}

// Complete returns every known limit in the protocol's order, then the others
// that were set; those never set are unlimited.
func (l Limits) Complete() Properties[int64] { return complete(webspaceLimits, l.Values) }

// CompleteOfAddon is Complete for an add-on plan: those never set have nothing
// added to them.
func (l Limits) CompleteOfAddon() Properties[int64] { return complete(addonLimits, l.Values) }

// PermissionsUpdate changes what a subscription's customer may do.
type PermissionsUpdate struct {
	Values    Properties[bool]
	RevokeAll bool
}

// CompletePermissions returns every known permission in the protocol's order,
// then the others that were set. Those never set are denied, but for what makes
// a subscription useful: adding domains and subdomains to it.
func (s Settings) CompletePermissions() Properties[bool] {
	return complete(webspacePermissions, s.Permissions)
}

// defaultOpenBasedir confines PHP to the subscription's own folder.
const defaultOpenBasedir = "{WEBSPACEROOT}{/}{:}{TMP}{/}"

// CompletePHP returns the settings of PHP, with what confines it in any case.
func (s Settings) CompletePHP() Properties[string] {
	all := Properties[string]{{"open_basedir", defaultOpenBasedir}}
	all.Merge(s.PHP)
	return all
}

// Prefs are preferences of a site; nil and empty mean the server's default.
type Prefs struct {
	WWW                         *bool   `json:"www,omitempty"`
	StatTTL                     *string `json:"stat_ttl,omitempty"` // months that statistics are kept; empty: for ever
	OutgoingMessagesDomainLimit *string `json:"outgoing_messages_domain_limit,omitempty"`
	ICPStatus                   *bool   `json:"icp_status,omitempty"`
	ICPPermit                   *string `json:"icp_permit,omitempty"`
}

func (p *Prefs) merge(u Prefs) {
	keep(&p.WWW, u.WWW)
	keep(&p.StatTTL, u.StatTTL)
	keep(&p.OutgoingMessagesDomainLimit, u.OutgoingMessagesDomainLimit)
	keep(&p.ICPStatus, u.ICPStatus)
	keep(&p.ICPPermit, u.ICPPermit)
}

// Performance bounds what a site's web server gives out. Nil is unlimited.
type Performance struct {
	Bandwidth      *string `json:"bandwidth,omitempty"` // KB/s, as given
	MaxConnections *int64  `json:"max_connections,omitempty"`
}

func (p *Performance) merge(u Performance) {
	keep(&p.Bandwidth, u.Bandwidth)
	keep(&p.MaxConnections, u.MaxConnections)
}

// Mail is how mail of a subscription is handled; nil and empty mean the
// server's default.
type Mail struct {
	None                 bool     `json:"none,omitempty"` // no mail service at all
	NonexistentUser      *Unknown `json:"nonexistent_user,omitempty"`
	Webmail              *string  `json:"webmail,omitempty"`
	SpamProtectSign      *bool    `json:"spam_protect_sign,omitempty"`
	Greylisting          *bool    `json:"greylisting,omitempty"`
	MailService          *bool    `json:"mailservice,omitempty"`
	MailLists            *bool    `json:"maillists,omitempty"` // of a plan
	IPs                  []string `json:"ips,omitempty"`
	ProviderPackage      *string  `json:"provider_package,omitempty"` // empty: the local server
	WebmailCertificate   *string  `json:"webmail_certificate,omitempty"`
	OutgoingMailbox      *string  `json:"outgoing_mailbox,omitempty"`
	OutgoingDomain       *string  `json:"outgoing_domain,omitempty"`
	OutgoingSubscription *string  `json:"outgoing_subscription,omitempty"`
	OutgoingSendmail     *string  `json:"outgoing_sendmail,omitempty"`
	OverlimitPercent     *int64   `json:"overlimit_percent,omitempty"`
}

// Unknown says what happens to mail for users that do not exist.
type Unknown struct {
	Action string `json:"action"`         // bounce, forward or reject
	Text   string `json:"text,omitempty"` // the bounce's text or the forward's address
}

func (m *Mail) merge(u Mail) {
	m.None = u.None
	keep(&m.NonexistentUser, u.NonexistentUser)
	keep(&m.Webmail, u.Webmail)
	keep(&m.SpamProtectSign, u.SpamProtectSign)
	keep(&m.Greylisting, u.Greylisting)
	keep(&m.MailService, u.MailService)
	keep(&m.MailLists, u.MailLists)
	if u.IPs != nil {
		m.IPs = u.IPs
	}
	keep(&m.ProviderPackage, u.ProviderPackage)
	keep(&m.WebmailCertificate, u.WebmailCertificate)
	keep(&m.OutgoingMailbox, u.OutgoingMailbox)
	keep(&m.OutgoingDomain, u.OutgoingDomain)
	keep(&m.OutgoingSubscription, u.OutgoingSubscription)
	keep(&m.OutgoingSendmail, u.OutgoingSendmail)
	keep(&m.OverlimitPercent, u.OverlimitPercent)
}

// keep replaces an optional value when the change has one.
func keep[T any](to **T, from *T) {
	if from != nil {
		*to = from
	}
}

// SettingsUpdate changes Settings; nil leaves a block as it is.
type SettingsUpdate struct {
	Hosting     *Hosting
	Limits      *LimitsUpdate
	Prefs       *Prefs
	Performance *Performance
	Permissions *PermissionsUpdate
	PHP         Properties[string]
	Mail        *Mail
	PlanItems   ListUpdate[string]
	Packages    ListUpdate[string]
	APSFilter   *bool
	DBServers   ListUpdate[int64]
}

// ListUpdate changes a list that holds nothing twice: what is added goes to its
// end, in place of what it replaces.
type ListUpdate[T comparable] struct {
	Add, Remove []T
}

func (u ListUpdate[T]) apply(list *[]T) {
	gone := slices.Concat(u.Remove, u.Add)
	kept := slices.DeleteFunc(slices.Clone(*list), func(have T) bool { return slices.Contains(gone, have) })
	for _, added := range u.Add {
		if !slices.Contains(kept, added) {
			kept = append(kept, added)
		}
	}
	*list = kept
}

// takes tells whether the update removes something of a list.
func (u ListUpdate[T]) takes(list []T) bool {
	return slices.ContainsFunc(u.Remove, func(gone T) bool { return slices.Contains(list, gone) })
}

// lacks returns what is to be removed and not there, or ok false.
func (u ListUpdate[T]) lacks(list []T) (missing T, ok bool) {
	for _, gone := range u.Remove {
		if !slices.Contains(list, gone) {
			return gone, true
		}
	}
	return missing, false
}

func (s *Settings) apply(u SettingsUpdate) {
	if u.Hosting != nil {
		s.Hosting.merge(*u.Hosting)
	}
	if u.Limits != nil {
		s.Limits.merge(*u.Limits)
	}
	if u.Prefs != nil {
		s.Prefs.merge(*u.Prefs)
	}
	if u.Performance != nil {
		s.Performance.merge(*u.Performance)
	}
	if u.Permissions != nil {
		if u.Permissions.RevokeAll {
			s.Permissions = zero(webspacePermissions)
		}
		s.Permissions.Merge(u.Permissions.Values)
	}
	s.PHP.Merge(u.PHP)
	if u.Mail != nil {
		s.Mail.merge(*u.Mail)
	}
	u.PlanItems.apply(&s.PlanItems)
	u.Packages.apply(&s.Packages)
	keep(&s.APSFilter, u.APSFilter)
	u.DBServers.apply(&s.DBServers)
}

// parts tells whether the update parts a subscription from plans that provide
// so much.
func (u SettingsUpdate) parts(provided Settings) bool {
	return u.Limits != nil || u.Permissions != nil ||
		u.PlanItems.takes(provided.PlanItems) || u.Packages.takes(provided.Packages) || u.DBServers.takes(provided.DBServers)
}

// check tells why what the update adds or removes cannot be, or nil.
//
// Errors: ErrInvalid, ErrNamedNotFound.
func (u SettingsUpdate) check(have *Settings) error {
	for _, name := range u.PlanItems.Add {
		if name == "" {
			return Errorf(ErrInvalid, "plan-item: expected the name of an additional service.")
		}
	}
	for _, name := range u.Packages.Add {
		if name == "" {
			return Errorf(ErrInvalid, "package: expected the name or the URL of an application.")
		}
	}
	if name, ok := u.PlanItems.lacks(have.PlanItems); ok {
		return Errorf(ErrNamedNotFound, "Additional service \"%s\" does not exist", name)
	}
	if name, ok := u.Packages.lacks(have.Packages); ok {
		return Errorf(ErrNamedNotFound, "Application \"%s\" does not exist", name)
	}
	if _, ok := u.DBServers.lacks(have.DBServers); ok {
		return errNoDBServer
	}
	return nil
}

// isEmpty tells whether the update changes nothing.
func (u SettingsUpdate) isEmpty() bool {
	return u.Hosting == nil && u.Limits == nil && u.Prefs == nil && u.Performance == nil && u.Permissions == nil &&
		u.PHP == nil && u.Mail == nil && u.APSFilter == nil &&
		len(u.PlanItems.Add)+len(u.PlanItems.Remove)+len(u.Packages.Add)+len(u.Packages.Remove)+
			len(u.DBServers.Add)+len(u.DBServers.Remove) == 0
}
