package ledger

import (
	"context"
	"slices"
	"unicode/utf8"
)

// PlanSettings are the values of a plan. A plan for resellers has limits,
// permissions, packages and what is marked as a reseller's, and nothing else.
type PlanSettings struct {
	Settings
	Preferences PlanPreferences `json:"preferences"`
	LogRotation *LogRotation    `json:"log_rotation,omitempty"`
	WebServer   WebServer       `json:"web_server"`
	Oversell    *bool           `json:"oversell,omitempty"` // a reseller's: may promise more than he has
	IPPool      IPPool          `json:"ip_pool"`            // a reseller's
}

// PlanPreferences are preferences of sites; nil means the server's default.
type PlanPreferences struct {
	StatTTL     *int64  `json:"stat,omitempty"` // months that statistics are kept
	MailLists   *bool   `json:"maillists,omitempty"`
	MailService *bool   `json:"mailservice,omitempty"`
	DNSZoneType *string `json:"dns_zone_type,omitempty"` // master or slave
}

func (p *PlanPreferences) merge(u PlanPreferences) {
	keep(&p.StatTTL, u.StatTTL)
	keep(&p.MailLists, u.MailLists)
	keep(&p.MailService, u.MailService)
	keep(&p.DNSZoneType, u.DNSZoneType)
}

// LogRotation says when the logs of sites are rotated; the zero value is never.
type LogRotation struct {
	On       bool    `json:"on"`
	Bytes    *int64  `json:"bytes,omitempty"`  // rotate at this size
	Period   string  `json:"period,omitempty"` // or so often: Daily, Weekly or Monthly
	MaxFiles *int64  `json:"max_files,omitempty"`
	Compress *bool   `json:"compress,omitempty"`
	Email    *string `json:"email,omitempty"` // where processed logs are sent
}

// WebServer holds what is added to the configuration of a site's web server.
type WebServer struct {
	Additional             *string `json:"additional,omitempty"`
	AdditionalSSL          *string `json:"additional_ssl,omitempty"`
	AdditionalNginx        *string `json:"additional_nginx,omitempty"`
	RestrictFollowSymLinks *string `json:"restrict_follow_sym_links,omitempty"`
	NginxProxyMode         *string `json:"nginx_proxy_mode,omitempty"`
}

func (w *WebServer) merge(u WebServer) {
	keep(&w.Additional, u.Additional)
	keep(&w.AdditionalSSL, u.AdditionalSSL)
	keep(&w.AdditionalNginx, u.AdditionalNginx)
	keep(&w.RestrictFollowSymLinks, u.RestrictFollowSymLinks)
	keep(&w.NginxProxyMode, u.NginxProxyMode)
}

// IPPool says which addresses a reseller of a plan gets.
type IPPool struct {
	Addresses    []string `json:"addresses,omitempty"`     // shared ones
	AllocateIPv4 *int64   `json:"allocate_ipv4,omitempty"` // how many of his own
	AllocateIPv6 *int64   `json:"allocate_ipv6,omitempty"`
}

// PlanUpdate changes a plan; nil leaves a field as it is.
type PlanUpdate struct {
	Name, ExternalID *string
	Settings         SettingsUpdate
	Preferences      PlanPreferences
	LogRotation      *LogRotation
	WebServer        WebServer
	Oversell         *bool
	IPPool           *IPPool
}

func (u PlanUpdate) apply(p *Plan) error {
	set(&p.Name, u.Name)
	set(&p.ExternalID, u.ExternalID)
	s := &p.Settings
	if err := u.Settings.check(&s.Settings); err != nil {
		return err
	}
	if filter := u.Settings.APSFilter; filter != nil && *filter {
		s.Packages = nil // a plan that is filtered begins with none
	}
	if err := s.change(u.Settings); err != nil {
		return err
	}
	s.Preferences.merge(u.Preferences)
	keep(&s.LogRotation, u.LogRotation)
	s.WebServer.merge(u.WebServer)
	keep(&s.Oversell, u.Oversell)
	set(&s.IPPool, u.IPPool)
	return p.check()
}

func (p *Plan) check() error {
	if n := utf8.RuneCountInString(p.Name); n < 1 || n > 255 {
		return Errorf(ErrInvalid, "name: expected 1 to 255 characters.")
	}
	if utf8.RuneCountInString(p.ExternalID) > maxDescription {
		return errLongDescription
	}
	if t := p.Settings.Hosting.Type; t != HostingVirtual && t != HostingNone {
		return Errorf(ErrInvalid, "hosting-type: expected %s or %s.", HostingVirtual, HostingNone)
	}
	if err := checkHosting(&p.Settings.Hosting); err != nil {
		return err
	}
	if err := p.Settings.checkCounts(); err != nil {
		return err
	}
	if err := p.Settings.Limits.check(); err != nil {
		return err
	}
	return checkPerformance(p.Settings.Performance)
}

// checkCounts wants numbers that count something.
func (p *PlanSettings) checkCounts() error {
	var rotation LogRotation
	set(&rotation, p.LogRotation)
	for _, count := range []struct {
		element string
		n       *int64
		least   int64
	}{
		{"stat", p.Preferences.StatTTL, 0},
		{"log-bysize", rotation.Bytes, 1},
		{"log-max-num-files", rotation.MaxFiles, 0},
		{"allocate-ip", p.IPPool.AllocateIPv4, 0},
		{"allocate-ipv6", p.IPPool.AllocateIPv6, 0},
	} {
		if count.n != nil && *count.n < count.least {
			return Errorf(ErrInvalid, "%s: expected a number from %d up, not %d.", count.element, count.least, *count.n)
		}
	}
	return nil
}

// checkPool makes sure that the host has the addresses of a pool, and writes
// each in its usual form.
func (l *Ledger) checkPool(ctx context.Context, pool *IPPool) error {
	if pool == nil {
		return nil
	}
	known, err := l.knownIPs(ctx)
	if err != nil {
		return err
	}
	for i, ip := range pool.Addresses {
		addr, err := ParseIP("ip-address", ip)
		if err != nil {
			return err
		}
		if pool.Addresses[i] = addr.String(); !slices.Contains(known, pool.Addresses[i]) {
			return ipError(addr, ErrNotFound)
		}
	}
	return nil
}
