package panel

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// newSubscription is the form for another subscription.
type newSubscription struct {
	Typed    url.Values
	Plans    []choice // of who provides for the owner
	Hosting  []choice
	Families []family
	Traffic  limitField
}

// hostingChoices are how a new subscription may be served.
var hostingChoices = []choice{
	{string(ledger.HostingVirtual), "Web space on the server"},
	{string(ledger.HostingNone), "No website"},
}

func newWebspacePage(v *visit) error {
	typed := v.query() // what links fill in
	if v.r.Method == http.MethodPost {
		typed = v.posted()
	}
	page, err := v.newWebspaceForm(typed)
	if err != nil {
		return err
	}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	added, err := v.addWebspace(typed)
	if err != nil {
		return v.again(page, err)
	}
	return v.done(fmt.Sprintf("/subscriptions/%d", added.ID), "subscription-new")
}

func (v *visit) newWebspaceForm(typed url.Values) (view, error) {
	form := newSubscription{Typed: typed, Hosting: hostingChoices, Traffic: trafficField().typed(typed)}
	plans, err := v.plansFor(strings.TrimSpace(typed.Get("owner")))
	if err != nil {
		return view{}, err
	}
	form.Plans = planChoices(plans)
	if form.Families, err = v.families(); err == nil && len(form.Families) > 0 && !typed.Has(form.Families[0].Field) {
		typed.Set(form.Families[0].Field, form.Families[0].Addresses[0]) // the host's default
	}
	return view{template: "subscription_new", title: "Add a subscription", data: form}, err
}

// trafficField is an empty field for the limit of traffic.
func trafficField() limitField {
	for _, f := range limitFields(ledger.Limits{}.Complete()) {
		if f.Name == maxTraffic {
			return f
		}
	}
	return limitField{}
}

func (v *visit) addWebspace(typed url.Values) (*ledger.Webspace, error) {
	ips, err := addresses(typed)
	if err != nil {
		return nil, err
	}
	n := ledger.NewWebspace{
		Name: strings.TrimSpace(typed.Get("name")), HostingType: ledger.HostingType(typed.Get("hosting")),
		IPs: ips, ExternalID: typed.Get("external-id"), Description: oneNewline.Replace(typed.Get("description")),
		Plan: selectID(typed.Get("plan")),
	}
	if login := strings.TrimSpace(typed.Get("owner")); login != "" {
		n.Owner = &ledger.Selector{By: ledger.ByLogin, Value: login}
	}
	traffic := trafficField().typed(typed)
	if traffic.Typed != "" {
		limit, err := traffic.value()
		if err != nil {
			return nil, err
		}
		n.Settings.Limits = &ledger.LimitsUpdate{Values: ledger.Properties[int64]{{Name: maxTraffic, Value: limit}}}
	}
	return v.Ledger.AddWebspace(v.r.Context(), v.who, n)
}
