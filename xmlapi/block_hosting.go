package xmlapi

import (
	"fmt"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

var hostingTypes = []string{
	string(ledger.HostingVirtual), string(ledger.HostingForward), string(ledger.HostingFrameForward), string(ledger.HostingNone),
}

// hosting reads the hosting element of a subscription (domainHostingAgentSet).
func (r *Reader) hosting(name string) ledger.Hosting {
	return r.hostingOf(name, func(h *ledger.Hosting) {
		if h.Type == ledger.HostingVirtual {
			h.Properties = properties(r, "property", r.String)
		}
		h.IPs = r.upTo2IPs()
	})
}

// siteHosting reads the hosting element of a site (siteHostingAgentSet): it
// has the addresses of its subscription, and one property at least.
func (r *Reader) siteHosting(name string) ledger.Hosting {
	return r.hostingOf(name, func(h *ledger.Hosting) {
		if h.Type == ledger.HostingVirtual && r.require("property") {
			h.Properties = properties(r, "property", r.String)
		}
	})
}

// hostingOf reads a hosting element; what its kinds hold besides the target of
// forwarding is for rest to read.
func (r *Reader) hostingOf(name string, rest func(*ledger.Hosting)) (h ledger.Hosting) {
	if !r.Enter(name) {
		return h
	}
	if i := r.OneOf(hostingTypes...); i >= 0 {
		h.Type = ledger.HostingType(hostingTypes[i])
	}
	if h.Type == ledger.HostingNone {
		r.Any(hostingTypes[3])
	} else if r.Enter(string(h.Type)) {
		if h.Type != ledger.HostingVirtual {
			h.URL = r.Bounded("dest_url", 1, 255)
		}
		if h.Type == ledger.HostingForward && r.Next("http_code") {
			h.HTTPCode = r.Int("http_code")
		}
		rest(&h)
		r.Leave()
	}
	r.Leave()
	return h
}

// upTo2IPs reads the addresses of a subscription: one of each family at most.
func (r *Reader) upTo2IPs() (ips []string) {
	if r.Next("ip_address") {
		ips = append(ips, r.String("ip_address"))
		r.expected = r.expected[:0]
		if r.Again("ip_address") {
			ips = append(ips, r.String("ip_address"))
		}
	}
	return ips
}

// bound refuses a packet that has more elements in a row than an object may have
// of what they stand for.
func (r *Reader) bound(before int, element string) {
	if before == ledger.MostProperties {
		r.fail(fmt.Errorf("More than %d elements %s follow each other", ledger.MostProperties, element))
	}
}

// properties reads elements that hold a name and a value.
func properties[T any](r *Reader, element string, value func(string) T) (list ledger.Properties[T]) {
	var all ledger.Properties[T]
	for n := 0; r.Next(element); n++ {
		r.bound(n, element)
		r.Enter(element)
		all = append(all, ledger.Property[T]{Name: r.String("name"), Value: value("value")})
		r.Leave()
	}
	list.Merge(all)
	return list
}

// writeHosting writes how a site is served. Physical hosting has every
// property that clients know of, with the values of the root for a domain.
func (c *Call) writeHosting(h *ledger.Hosting, domain string) {
	c.writeHostingAs("hosting", h, h.CompleteProperties(domain))
}

// writeBasicHosting writes of physical hosting only how its files are reached.
func (c *Call) writeBasicHosting(h *ledger.Hosting, domain string) {
	basic := slices.DeleteFunc(h.CompleteProperties(domain), func(p ledger.Property[string]) bool {
		return !slices.Contains(basicProperties, p.Name)
	})
	c.writeHostingAs("hosting-basic", h, basic)
}

var basicProperties = []string{"ftp_login", "ftp_password", "ftp_password_type", "ftp_quota", "shell", "www_root"}

func (c *Call) writeHostingAs(element string, h *ledger.Hosting, properties ledger.Properties[string]) {
	w := c.w
	w.Start(element)
	switch h.Type {
	case ledger.HostingVirtual:
		w.Start("vrt_hst")
		for _, p := range properties {
			c.writeProperty("property", p.Name, p.Value)
		}
		writeIPs(w, h.IPs)
		w.End("vrt_hst")
	case ledger.HostingForward, ledger.HostingFrameForward:
		w.Start(string(h.Type))
		w.Text("dest_url", h.URL)
		if h.HTTPCode != 0 {
			w.Int("http_code", h.HTTPCode)
		}
		writeIPs(w, h.IPs)
		w.End(string(h.Type))
	case ledger.HostingNone:
		w.Empty("none")
	}
	w.End(element)
}

func (c *Call) writeProperty(element, name, value string) {
	c.w.Start(element)
	c.w.Text("name", name)
	c.w.Text("value", value)
	c.w.End(element)
}

func writeIPs(w *Writer, ips []string) {
	for _, ip := range ips {
		w.Text("ip_address", ip)
	}
}
