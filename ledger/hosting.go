package ledger

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// HostingType is how a site is served.
type HostingType string

// The hosting types of the protocol (domainHType).
const (
	HostingVirtual      HostingType = "vrt_hst" // web space on the server
	HostingForward      HostingType = "std_fwd" // redirect to another URL
	HostingFrameForward HostingType = "frm_fwd" // another URL in a frame
	HostingNone         HostingType = "none"
	defaultRedirectCode             = 301
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

func checkHosting(h *Hosting) error {
	if h.Type == HostingForward || h.Type == HostingFrameForward {
		return checkForwarding(h)
	}
	if root, _ := h.Properties.Get(wwwRoot); slices.Contains(strings.FieldsFunc(root, isPathSeparator), "..") {
		return Errorf(ErrInvalid, "www_root: expected a folder of the site, without \"..\".")
	}
	if login, _ := h.Properties.Get("ftp_login"); login != "" && !isFTPLogin(login) {
		return Errorf(ErrInvalid, "ftp_login: expected a letter or digit, then up to 16 letters, digits, hyphens, dots or underscores.")
	}
	return nil
}

// checkForwarding wants a target that a visitor can be sent to: a URL of http
// or https, or a host name with or without a path.
func checkForwarding(h *Hosting) error {
	target, err := url.Parse(h.URL)
	isHTTP := err == nil && (target.Scheme == "http" || target.Scheme == "https") && target.Host != ""
	isBare := err == nil && target.Scheme == "" && h.URL != "" && !strings.HasPrefix(h.URL, "/")
	if !isHTTP && !isBare {
		return Errorf(ErrInvalid, "dest_url: expected the http or https URL to forward to, not %q.", h.URL)
	}
	if h.HTTPCode != 0 && (h.HTTPCode < 300 || h.HTTPCode > 399) {
		return Errorf(ErrInvalid, "http_code: expected a code of redirection, from 300 to 399, not %d.", h.HTTPCode)
	}
	return nil
}

func isFTPLogin(s string) bool {
	for i, c := range []byte(s) {
		isWord := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !isWord && (i == 0 || c != '-' && c != '.' && c != '_') {
			return false
		}
	}
	return len(s) >= 1 && len(s) <= 17
}

func isPathSeparator(c rune) bool { return c == '/' || c == '\\' }
