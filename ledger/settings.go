package ledger

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

// PermissionsUpdate changes what a subscription's customer may do.
type PermissionsUpdate struct {
	Values    Properties[bool]
	RevokeAll bool
}

// isEmpty tells whether the update changes nothing.
func (u *PermissionsUpdate) isEmpty() bool { return u == nil || len(u.Values) == 0 && !u.RevokeAll }

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

// Prefs are preferences of a site; nil means the server's default.
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

// change applies an update that a client asks for.
//
// Errors: ErrInvalid for more than MostProperties of a kind.
func (s *Settings) change(u SettingsUpdate) error {
	had := *s
	s.apply(u)
	return s.checkGrowth(&had)
}

// checkGrowth refuses that there is more of a kind than MostProperties, unless
// there was before: what a subscription got from several plans stays.
func (s *Settings) checkGrowth(had *Settings) error {
	for _, list := range []struct {
		element      string
		before, size int
	}{
		{"property", len(had.Hosting.Properties), len(s.Hosting.Properties)},
		{"limit", len(had.Limits.Values), len(s.Limits.Values)},
		{"permission", len(had.Permissions), len(s.Permissions)},
		{"setting", len(had.PHP), len(s.PHP)},
		{"package", len(had.Packages), len(s.Packages)},
		{"plan-item", len(had.PlanItems), len(s.PlanItems)},
	} {
		if list.size > MostProperties && list.size > list.before {
			return Errorf(ErrInvalid, "%s: expected at most %d of one object.", list.element, MostProperties)
		}
	}
	return nil
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
	return !u.Limits.isEmpty() || !u.Permissions.isEmpty() ||
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
