package xmlapi

import (
	"github.com/hostledger/hostledger/ledger"
)

// mailToPreferences reads the blocks that service-plan/add and service-plan/set
// begin with in the same order.
func (r *Reader) mailToPreferences(u *ledger.PlanUpdate) {
	u.Settings.Mail = optional(r, "mail", r.planMail)
	u.Settings.Limits = optional(r, "limits", r.limitsBlock)
	u.LogRotation = optional(r, "log-rotation", r.logRotation)
	if r.Next("preferences") {
		u.Preferences = r.planPreferences("preferences")
	}
}

// performanceToExternalID reads the blocks that follow hosting in the same
// order wherever service and add-on plans are added and set.
func (r *Reader) performanceToExternalID(u *ledger.PlanUpdate) {
	u.Settings.Performance = optional(r, "performance", r.performance)
	u.Settings.Permissions = optional(r, "permissions", r.permissions)
	u.ExternalID = r.OptString("external-id")
}

// phpAndWebServer reads the blocks that service-plan/add and service-plan/set
// end with.
func (r *Reader) phpAndWebServer(u *ledger.PlanUpdate) {
	u.Settings.PHP = r.phpSettings()
	if r.Next("web-server-settings") {
		u.WebServer = r.webServer("web-server-settings")
	}
}

// planHosting reads an element of hosting properties (DomainTemplateVrtHst).
func (r *Reader) planHosting(name string) ledger.Hosting {
	h := ledger.Hosting{Type: ledger.HostingVirtual}
	if r.Enter(name) {
		h.Properties = properties(r, "property", r.String)
		r.Leave()
	}
	return h
}

// planHostingOrNone reads a hosting element of service-plan/set
// (DomainTemplatePHosting).
func (r *Reader) planHostingOrNone(name string) (h ledger.Hosting) {
	if !r.Enter(name) {
		return h
	}
	if r.OneOf("vrt_hst", "none") == 0 {
		h = r.planHosting("vrt_hst")
	} else {
		h.Type = ledger.HostingNone
		r.Empty("none")
	}
	r.Leave()
	return h
}

var logPeriods = []string{"Daily", "Weekly", "Monthly"}

// logRotation reads a log-rotation element (LogRotationType).
func (r *Reader) logRotation(name string) (l ledger.LogRotation) {
	if !r.Enter(name) {
		return l
	}
	if r.OneOf("on", "off") == 1 {
		r.Empty("off")
	} else if r.Enter("on") {
		l.On = true
		r.logCondition("log-condition", &l)
		l.MaxFiles = r.OptInt("log-max-num-files")
		l.Compress = r.OptBool("log-compress")
		l.Email = r.OptString("log-email")
		r.Leave()
	}
	r.Leave()
	return l
}

// logCondition reads when logs are rotated: by size or by time.
func (r *Reader) logCondition(name string, l *ledger.LogRotation) {
	if !r.Enter(name) {
		return
	}
	if r.OneOf("log-bysize", "log-bytime") == 0 {
		l.Bytes = r.OptInt("log-bysize")
	} else {
		l.Period = r.Enum("log-bytime", logPeriods...)
	}
	r.Leave()
}

// writeLogRotation writes when logs are rotated; by default as the protocol's
// server was seen to do.
func (c *Call) writeLogRotation(l *ledger.LogRotation) {
	bytes, files, compress := int64(10<<20), int64(10), true
	l = either(l, &ledger.LogRotation{On: true, Bytes: &bytes, MaxFiles: &files, Compress: &compress})
	w := c.w
	w.Start("log-rotation")
	if l.On {
		w.Start("on")
		w.Start("log-condition")
		w.optInt("log-bysize", l.Bytes)
		if l.Bytes == nil {
			w.Text("log-bytime", l.Period)
		}
		w.End("log-condition")
		w.optInt("log-max-num-files", l.MaxFiles)
		w.optBool("log-compress", l.Compress)
		w.optText("log-email", l.Email)
		w.End("on")
	} else {
		w.Empty("off")
	}
	w.End("log-rotation")
}

// planPreferences reads a preferences element (DomainTemplatePreferencesType).
func (r *Reader) planPreferences(name string) (p ledger.PlanPreferences) {
	if !r.Enter(name) {
		return p
	}
	p.StatTTL = r.OptInt("stat")
	p.MailLists = r.OptBool("maillists")
	p.MailService = r.OptBool("mailservice")
	if r.Next("dns_zone_type") {
		zone := r.Enum("dns_zone_type", "master", "slave")
		p.DNSZoneType = &zone
	}
	r.Leave()
	return p
}

func (c *Call) writePlanPreferences(p ledger.PlanPreferences) {
	months, no, master := int64(3), false, "master"
	w := c.w
	w.Start("preferences")
	w.Int("stat", *either(p.StatTTL, &months))
	w.Bool("maillists", *either(p.MailLists, &no))
	w.optBool("mailservice", p.MailService)
	w.Text("dns_zone_type", *either(p.DNSZoneType, &master))
	w.End("preferences")
}

// webServer reads a web-server-settings element (webServerSettings).
func (r *Reader) webServer(name string) (s ledger.WebServer) {
	if !r.Enter(name) {
		return s
	}
	s.Additional = optional(r, "additional", r.Lines)
	s.AdditionalSSL = optional(r, "additional-ssl", r.Lines)
	s.AdditionalNginx = optional(r, "additional-nginx", r.Lines)
	s.RestrictFollowSymLinks = r.OptString("restrict-follow-sym-links")
	s.NginxProxyMode = r.OptString("nginx-proxy-mode")
	r.Leave()
	return s
}

// writeWebServer writes what was set of the web server's settings.
func (c *Call) writeWebServer(s ledger.WebServer) {
	if s == (ledger.WebServer{}) {
		return
	}
	w := c.w
	w.Start("web-server-settings")
	w.optText("additional", s.Additional)
	w.optText("additional-ssl", s.AdditionalSSL)
	w.optText("additional-nginx", s.AdditionalNginx)
	w.optText("restrict-follow-sym-links", s.RestrictFollowSymLinks)
	w.optText("nginx-proxy-mode", s.NginxProxyMode)
	w.End("web-server-settings")
}
