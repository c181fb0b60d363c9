package xmlapi

import (
	"context"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// webspaceGet returns what is known of subscriptions. The datasets may be
// asked for in any order and are always given in the same. billing-info is
// this server's own: it gives back what set-billing-info stored.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/getting-information-about-subscriptions-webspaces.33881/
var webspaceGet = register("webspace", "get", everyone,
	func(n *getRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.dataset = r.dataset(webspaceDatasets)
	},
	func(c *Call, n *getRequest) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, n.filter)
		load := func(ctx context.Context, ids []int64) ([]webspaceData, error) {
			return c.loadWebspaces(ctx, ids, n.dataset)
		}
		eachLoaded(c, matches, err, ledger.ErrNoWebspace, load, func(d *webspaceData) int64 { return d.id },
			func(d *webspaceData) (func(), error) { return c.readWebspace(d, n.dataset) })
	})

// webspaceData is what is read of a subscription: as much as is asked for.
type webspaceData struct {
	id         int64
	webspace   *ledger.Webspace
	statistics *ledger.WebspaceStatistics
	billing    ledger.WebspaceBilling
}

// loadWebspaces reads subscriptions. What they use is read without anything
// else of them where nothing else is asked for.
func (c *Call) loadWebspaces(ctx context.Context, ids []int64, wanted dataset) (loaded []webspaceData, err error) {
	var statistics map[int64]*ledger.WebspaceStatistics
	if wanted["stat"] || wanted["resource-usage"] {
		if statistics, err = c.api.Ledger.WebspaceStatistics(ctx, ids); err != nil {
			return nil, err
		}
	}
	if len(wanted) == 1 && statistics != nil {
		for id, s := range statistics {
			loaded = append(loaded, webspaceData{id: id, statistics: s})
		}
		return loaded, nil
	}
	var billing map[int64]ledger.WebspaceBilling
	if wanted["billing-info"] {
		if billing, err = c.api.Ledger.WebspaceBilling(ctx, ids); err != nil {
			return nil, err
		}
	}
	webspaces, err := c.api.Ledger.Webspaces(ctx, ids)
	for i := range webspaces {
		w := &webspaces[i]
		loaded = append(loaded, webspaceData{w.ID, w, statistics[w.ID], billing[w.ID]})
	}
	return loaded, err
}

// getRequest is the request of a get operation.
type getRequest struct {
	filter  ledger.Filter
	dataset dataset
}

// dataset is the set of parts that a get operation asks for.
type dataset map[string]bool

// datasetPart is a part that may be asked for.
type datasetPart struct {
	name string
	any  bool // the schema lets it have content
}

var webspaceDatasets = []datasetPart{
	{"gen_info", false}, {"hosting", false}, {"hosting-basic", false}, {"limits", false}, {"stat", false}, {"prefs", false},
	{"disk_usage", false}, {"performance", true}, {"subscriptions", true}, {"permissions", true}, {"plan-items", true},
	{"php-settings", true}, {"resource-usage", true}, {"mail", true}, {"aps-filter", true}, {"packages", true},
	{"billing-info", false},
}

// dataset reads a dataset element whose parts come in any order.
func (r *Reader) dataset(parts []datasetPart) dataset {
	wanted := dataset{}
	if !r.Enter("dataset") {
		return wanted
	}
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = part.name
	}
	for i := range r.All(names) {
		wanted[names[i]] = true
		if parts[i].any {
			r.Any(names[i])
		} else {
			r.Empty(names[i])
		}
	}
	r.Leave()
	return wanted
}

// readWebspace reads whatever can fail and returns what writes the data.
func (c *Call) readWebspace(d *webspaceData, wanted dataset) (func(), error) {
	if d.statistics != nil && d.statistics.Err != nil {
		return nil, d.statistics.Err
	}
	w, s := d.webspace, &ledger.Settings{}
	if w != nil {
		*s = w.Settings()
	}
	parts := []struct {
		name  string
		write func()
	}{
		{"gen_info", func() { c.writeWebspaceInfo(w) }},
		{"hosting", func() { c.writeHosting(&s.Hosting, w.Name.ASCII) }},
		{"hosting-basic", func() { c.writeBasicHosting(&s.Hosting, w.Name.ASCII) }},
		{"limits", func() { c.writeLimits(s.Limits) }},
		{"stat", func() { c.writeWebspaceStatistics(d.statistics) }},
		{"prefs", func() { c.writePrefs(s.Prefs) }},
		{"disk_usage", c.writeDiskUsage},
		{"performance", func() { c.writePerformance(s.Performance) }},
		{"subscriptions", func() { c.writeSubscriptions(w.Plan, w.Addons, w.Locked) }},
		{"permissions", func() { c.writePermissions(s.CompletePermissions()) }},
		{"plan-items", func() { c.writePlanItems(s.PlanItems) }},
		{"php-settings", func() { c.writePHPSettings(s) }},
		{"resource-usage", func() { c.writeResourceUsage(d.statistics) }},
		{"mail", func() { c.writeMail(&s.Mail) }},
		{"aps-filter", func() { c.writeAPSFilter(s.APSFilter) }},
		{"packages", func() { c.writePackages(s.Packages) }},
		{"billing-info", func() { c.writeWebspaceBilling(d.billing) }},
	}
	return func() {
		c.w.Start("data")
		for _, part := range parts {
			if wanted[part.name] {
				part.write()
			}
		}
		c.w.End("data")
	}, nil
}

func (c *Call) writeWebspaceInfo(s *ledger.Webspace) {
	w := c.w
	w.Start("gen_info")
	w.Date("cr_date", s.Created)
	w.Text("name", s.Name.Unicode)
	w.Text("ascii-name", s.Name.ASCII)
	w.Int("status", int64(s.EffectiveStatus()))
	w.Int("real_size", 0)
	c.writeOwner(s.OwnerID, s.OwnerLogin, s.OwnerRole)
	for _, ip := range s.Own.Hosting.IPs {
		w.Text("dns_ip_address", ip)
	}
	w.Text("htype", string(s.Own.Hosting.Type))
	w.Text("guid", s.GUID)
	w.Text("vendor-guid", s.VendorGUID)
	w.Text("external-id", s.ExternalID)
	w.Text("description", s.Description)
	if c.who.Role == ledger.RoleAdmin {
		w.Text("admin-description", s.AdminDescription)
	}
	if c.who.Role != ledger.RoleCustomer {
		w.Text("reseller-description", s.ResellerDescription)
	}
	w.End("gen_info")
}

// writeOwner names the administrator by login and any other owner by id, as
// the protocol's server was seen to do; customers are not told.
func (c *Call) writeOwner(id int64, login string, role ledger.Role) {
	switch {
	case c.who.Role == ledger.RoleCustomer:
	case role == ledger.RoleAdmin:
		c.w.Text("owner-login", login)
	default:
		c.w.Int("owner-id", id)
	}
}

func (c *Call) writeWebspaceStatistics(s *ledger.WebspaceStatistics) {
	c.w.Start("stat")
	c.writeUsage(s.Usage, s.Subdomains)
	c.w.Int("domains", 1)
	c.w.Int("sites", int64(s.Sites))
	c.w.End("stat")
}

// writeResourceUsage writes what is used of the resources that are limited.
// What the server keeps nothing of is not used.
func (c *Call) writeResourceUsage(s *ledger.WebspaceStatistics) {
	c.w.Start("resource-usage")
	for _, resource := range []struct {
		name string
		used uint64
	}{
		{"max_site", uint64(s.Sites)}, {"max_subdom", uint64(s.Subdomains)}, {"max_dom_aliases", uint64(s.Aliases)}, {"disk_space", 0},
		{"max_traffic", s.Month}, {"max_wu", 0}, {"max_subftp_users", 0}, {"max_db", 0}, {"max_box", 0}, {"max_maillists", 0},
	} {
		c.writeProperty("resource", resource.name, strconv.FormatUint(resource.used, 10))
	}
	c.w.End("resource-usage")
}

func (c *Call) writeWebspaceBilling(b ledger.WebspaceBilling) {
	w := c.w
	w.Start("billing-info")
	if b.Price != nil {
		c.writeAmount("price", *b.Price)
	}
	for _, value := range []struct{ name, text string }{
		{"renewal-date", b.RenewalDate.String()},
		{"cycle", b.Cycle.String()},
		{"domain-store-url", b.DomainStoreURL},
		{"cert-store-url", b.CertStoreURL},
	} {
		if value.text != "" {
			w.Text(value.name, value.text)
		}
	}
	w.End("billing-info")
}
