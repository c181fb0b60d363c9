package panel

import (
	"context"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// subscriptionPage is what the page of a subscription shows.
type subscriptionPage struct {
	*subscription
	Traffic  trafficView
	Domains  []ledger.Site // all but the main one
	CertShop string        // where to buy a certificate; "": nowhere
	MayAdd   bool          // a domain
	// MayResume tells whether the subscription itself is suspended and the reader ends it.
	MayResume bool
}

func webspacePage(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	traffic, err := v.traffic(s)
	if err != nil {
		return err
	}
	domains, err := v.domains(v.r.Context(), s.ID)
	if err != nil {
		return err
	}
	return v.show(view{template: "subscription", title: s.Name.Unicode, problem: traffic.Problem, data: subscriptionPage{
		subscription: s, Traffic: traffic, Domains: domains, CertShop: storeLink(s.Billing.CertStoreURL, s.Name),
		MayAdd: v.Ledger.MayAddSite(v.who, s.Webspace), MayResume: s.Status != ledger.StatusActive && s.Status.IsActiveAfter(v.who.Role),
	}})
}

// domains returns the sites of a subscription that are not its main one.
func (v *visit) domains(ctx context.Context, webspace int64) ([]ledger.Site, error) {
	matches, err := v.Ledger.FindSites(ctx, v.who, ledger.Filter{By: ledger.ByParentID, Values: []string{strconv.FormatInt(webspace, 10)}})
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, m := range matches {
		if m.ID != 0 {
			ids = append(ids, m.ID)
		}
	}
	return v.Ledger.Sites(ctx, ids)
}
