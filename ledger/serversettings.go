package ledger

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ServerSettings are what the administrator sets on the server; nil means the
// default. The ledger acts on LoginTimeout and the preference stat_ttl, and keeps
// the rest for the programs that serve the host.
type ServerSettings struct {
	ExternalID       *string `json:"external_id,omitempty"`       // the id in the host's other systems
	SendAnnounce     *bool   `json:"send_announce,omitempty"`     // by default false
	MultipleSessions *bool   `json:"multiple_sessions,omitempty"` // by default true
	UID              *string `json:"uid,omitempty"`               // for single sign-on
	GlobalLogin      *string `json:"global_login,omitempty"`      // for single sign-on
	LoginTimeout     *int64  `json:"login_timeout,omitempty"`     // see SessionTimeout; in minutes, 1 to 99999
	// Prefs are the preferences of the protocol (serverPrefs).
	Prefs Properties[string] `json:"prefs,omitempty"`
}

// SessionTimeout returns how long a session lasts after it was used last.
func (s *ServerSettings) SessionTimeout() time.Duration {
	minutes := int64(30)
	set(&minutes, s.LoginTimeout)
	return time.Duration(minutes) * time.Minute
}

// CompletePrefs returns the preferences that were set and the defaults of
// those that say what the server does anyway.
func (s *ServerSettings) CompletePrefs() (all Properties[string]) {
	all.Merge(serverPrefDefaults)
	all.Merge(s.Prefs)
	return all
}

// Traffic is kept for ever, which is the most months that the protocol has, in
// both directions; and no web server is run.
var serverPrefDefaults = Properties[string]{
	{"stat_ttl", "999999"}, {"traffic_accounting", "3"}, {"restart_apache_interval", "0"},
}

func (s *ServerSettings) merge(u ServerSettings) {
	keep(&s.ExternalID, u.ExternalID)
	keep(&s.SendAnnounce, u.SendAnnounce)
	keep(&s.MultipleSessions, u.MultipleSessions)
	keep(&s.UID, u.UID)
	keep(&s.GlobalLogin, u.GlobalLogin)
	keep(&s.LoginTimeout, u.LoginTimeout)
	s.Prefs.Merge(withoutSecrets(u.Prefs))
}

// ServerUpdate changes the server; nil leaves a field as it is.
type ServerUpdate struct {
	Contact      ContactUpdate // of the administrator
	Password     *string       // of the administrator
	Settings     ServerSettings
	Mode         *string // which view the panel has, in the protocol's words
	Certificates bool    // whether certificates are to be changed
}

const serverSettings = "server_settings"

// standardMode is the only view that there is.
const standardMode = "standard"

// ServerSettings returns what the administrator has set.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) ServerSettings(ctx context.Context, who Identity) (ServerSettings, error) {
	if who.Role != RoleAdmin {
		return ServerSettings{}, errPermission
	}
	return l.serverSettings(ctx)
}

func (l *Ledger) serverSettings(ctx context.Context) (ServerSettings, error) {
	return meta[ServerSettings](ctx, l.store, serverSettings)
}

// UpdateServer changes the administrator's account and the server's settings.
//
// Errors: ErrPermission for anyone but the administrator, ErrInvalid,
// ErrFailed for a view or certificate that the server does not have.
func (l *Ledger) UpdateServer(ctx context.Context, who Identity, u ServerUpdate) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	if err := u.check(); err != nil {
		return err
	}
	admin := AccountUpdate{Contact: u.Contact, Password: u.Password}
	if err := l.updateAccount(ctx, who, AdminID, admin, func(*Account) error { return nil }); err != nil {
		return err
	}
	return updateMeta(l.causedBy(ctx, who), l.store, serverSettings, func(s *ServerSettings) { s.merge(u.Settings) })
}

func (u *ServerUpdate) check() error {
	if u.Mode != nil && *u.Mode != standardMode {
		return Errorf(ErrFailed, "mode: this server has the %s view only.", standardMode)
	}
	if u.Certificates {
		return Errorf(ErrFailed, "certificates: this server has no repository of certificates to choose from.")
	}
	s := &u.Settings
	for _, text := range []*string{s.ExternalID, s.UID, s.GlobalLogin} {
		if text != nil && utf8.RuneCountInString(*text) > maxServerText {
			return Errorf(ErrInvalid, "external-id, uid, global-login: expected at most %d characters.", maxServerText)
		}
	}
	if s.LoginTimeout != nil && (*s.LoginTimeout < 1 || *s.LoginTimeout > maxLoginTimeout) {
		return Errorf(ErrInvalid, "login_timeout: expected minutes from 1 to %d.", maxLoginTimeout)
	}
	for _, pref := range s.Prefs {
		if err := checkServerPref(pref); err != nil {
			return err
		}
	}
	return nil
}

const (
	maxServerText   = 255
	maxLoginTimeout = 99_999
)

// leastPrefs are the preferences that are numbers, with the least that each may be.
var leastPrefs = Properties[int64]{
	{"max_connections", unlimited}, {"max_connections_per_ip", unlimited}, {"outgoing_messages_mbox_limit", unlimited},
	{"outgoing_messages_domain_limit", unlimited}, {"outgoing_messages_subscription_limit", unlimited},
	{"stat_ttl", 1}, {"restart_apache_interval", 0},
}

func checkServerPref(p Property[string]) error {
	if least, isNumber := leastPrefs.Get(p.Name); isNumber {
		n, err := strconv.ParseInt(p.Value, 10, 64)
		if err != nil || n < least {
			return Errorf(ErrInvalid, "%s: expected a number from %d up, not %q.", p.Name, least, p.Value)
		}
	}
	version := strings.TrimPrefix(p.Name, "outgoing_email_mode_explicit_ip")
	if (version == "v4" || version == "v6") && p.Value != "" {
		addr, err := ParseIP(p.Name, p.Value)
		if err != nil {
			return err
		}
		if addr.Is4() != (version == "v4") {
			return Errorf(ErrInvalid, "%s: %q is not an IP%s address.", p.Name, p.Value, version)
		}
	}
	if utf8.RuneCountInString(p.Value) > maxServerText {
		return Errorf(ErrInvalid, "%s: expected at most %d characters.", p.Name, maxServerText)
	}
	return nil
}
