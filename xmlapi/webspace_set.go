package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceSet changes subscriptions.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/changing-subscription-settings.33891/
var webspaceSet = register("webspace", "set", everyone,
	func(n *webspaceSetRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		if !r.Enter("values") {
			return
		}
		if r.Next("gen_setup") {
			r.webspaceSetSetup(&n.values)
		}
		s := &n.values.Settings
		s.Limits = optional(r, "limits", r.limitsBlock)
		s.Prefs = optional(r, "prefs", r.prefs)
		s.Hosting = optional(r, "hosting", r.hosting)
		if r.Next("disk_usage") {
			r.noDiskUsage("disk_usage")
		}
		r.performanceAndOn(s)
		s.Mail = optional(r, "mail", r.mail)
		r.Leave()
	},
	func(c *Call, n *webspaceSetRequest) { c.setWebspaces(n) })

type webspaceSetRequest struct {
	filter ledger.Filter
	values ledger.WebspaceUpdate
}

// setWebspaces changes subscriptions.
func (c *Call) setWebspaces(n *webspaceSetRequest, rest ...func()) {
	matches, err := c.api.Ledger.FindWebspaces(c, c.who, n.filter)
	c.each(matches, err, func(id int64) error {
		return c.api.Ledger.UpdateWebspace(c, c.who, id, n.values)
	}, rest...)
}

var setSetupNames = append(append([]string{"status", "name"}, ownerNames...),
	"ip_address", "guid", "external-id", "admin-as-vendor", "description", "admin-description", "reseller-description")

// mostSetSetup is how many elements gen_setup may hold: a choice, repeated.
const mostSetSetup = 11

func (r *Reader) webspaceSetSetup(u *ledger.WebspaceUpdate) {
	if !r.Enter("gen_setup") {
		return
	}
	for range mostSetSetup {
		i := r.peek(setSetupNames)
		if i < 0 {
			break
		}
		switch name := setSetupNames[i]; name {
		case "status":
			u.Status = r.status(name)
		case "name":
			value := r.Bounded(name, 1, 255)
			u.Name = &value
		case "ip_address":
			u.IPs = append(u.IPs, r.String(name))
		case "guid":
			r.Empty(name)
			u.NewGUID = true
		case "external-id":
			u.ExternalID = r.OptString(name)
		case "admin-as-vendor":
			r.Empty(name)
			u.Owner = &ledger.Selector{By: ledger.ByID, Value: "1"}
		case "description":
			u.Description = r.OptString(name)
		case "admin-description":
			u.AdminDescription = r.OptString(name)
		case "reseller-description":
			u.ResellerDescription = r.OptString(name)
		default:
			u.Owner = r.selector(r.ID, ownerSelectors, ownerNames...)
		}
		r.expected = r.expected[:0]
	}
	r.Leave()
}

// status reads an element of type objectStatus.
func (r *Reader) status(name string) *ledger.Status {
	status := ledger.Status(r.integer(name, "objectStatus", anyInteger))
	return &status
}
