package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceAdd creates a subscription.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/creating-a-subscription-webspace.33861/
var webspaceAdd = register("webspace", "add", providers,
	func(n *ledger.NewWebspace, r *Reader) {
		r.webspaceGenSetup(n)
		s := &n.Settings
		s.Hosting = optional(r, "hosting", r.hosting)
		s.Limits = optional(r, "limits", r.limitsBlock)
		s.Prefs = optional(r, "prefs", r.prefs)
		r.performanceAndOn(s)
		n.Plan = r.selector(r.ID,
			[]ledger.By{ledger.ByID, ledger.ByName, ledger.ByGUID, ledger.ByExternalID},
			"plan-id", "plan-name", "plan-guid", "plan-external-id")
		s.Mail = optional(r, "mail", r.mail)
	},
	func(c *Call, n *ledger.NewWebspace) {
		w, err := c.api.Ledger.AddWebspace(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: w.ID}, func() { c.w.Text("guid", w.GUID) })
	})

var (
	ownerSelectors = []ledger.By{ledger.ByID, ledger.ByLogin, ledger.ByGUID, ledger.ByExternalID}
	ownerNames     = []string{"owner-id", "owner-login", "owner-guid", "owner-external-id"}
	addSetupNames  = append(append([]string{"name"}, ownerNames...),
		"htype", "ip_address", "status", "external-id", "description", "admin-description", "reseller-description")
)

// mostAddSetup is how many elements gen_setup may hold: a choice, repeated.
const mostAddSetup = 10

func (r *Reader) webspaceGenSetup(n *ledger.NewWebspace) {
	if !r.Enter("gen_setup") {
		return
	}
	for range mostAddSetup {
		i := r.peek(addSetupNames)
		if i < 0 {
			break
		}
		switch name := addSetupNames[i]; name {
		case "name":
			n.Name = r.Bounded(name, 1, 255)
		case "htype":
			n.HostingType = ledger.HostingType(r.Enum(name, hostingTypes...))
		case "ip_address":
			n.IPs = append(n.IPs, r.String(name))
		case "status":
			n.Status = r.statusText(name)
		case "external-id":
			n.ExternalID = r.String(name)
		case "description":
			n.Description = r.String(name)
		case "admin-description":
			n.AdminDescription = r.String(name)
		case "reseller-description":
			n.ResellerDescription = r.String(name)
		default:
			n.Owner = r.selector(r.Int, ownerSelectors, ownerNames...)
		}
		r.expected = r.expected[:0]
	}
	r.Leave()
}

// statusText reads a status that the schema lets be any text. One that is no
// number is a wrong status when the operation runs.
func (r *Reader) statusText(name string) *ledger.Status {
	text := r.String(name)
	n, err := parseInteger([]byte(text))
	status := ledger.Status(n)
	if err != nil {
		status = -1
	}
	if text == "" {
		return nil
	}
	return &status
}
