package panel

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/hostledger/hostledger/ledger"
)

// domainForm is the form for another domain of a subscription.
type domainForm struct {
	*subscription
	Typed string
}

// newDomainPage adds a domain to a subscription.
func newDomainPage(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	if !v.Ledger.MayAddSite(v.who, s.Webspace) {
		return ledger.Errorf(ledger.ErrPermission, "Domains cannot be added to this subscription.")
	}
	form := domainForm{subscription: s, Typed: strings.TrimSpace(v.value("name"))}
	page := view{template: "domain_new", title: "Add a domain", data: form}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	site, err := v.addDomain(s, form.Typed)
	if err != nil {
		return v.again(page, err)
	}
	return v.done(fmt.Sprintf("/subscriptions/%d/domains/%d", s.ID, site.ID), "domain")
}

// addDomain adds a site that is served as the subscription's main one is, from
// a folder of its own. People type a name with dots: a single label is none
// that they could register.
func (v *visit) addDomain(s *subscription, name string) (*ledger.Site, error) {
	parsed, err := ledger.ParseDomainName(name)
	if err != nil || !strings.Contains(parsed.ASCII, ".") {
		return nil, ledger.Errorf(ledger.ErrInvalid, "“%s” is not a domain name. Type it as it stands in an address, such as example.com.", name)
	}
	if suffix, _ := publicsuffix.PublicSuffix(parsed.ASCII); suffix == parsed.ASCII {
		return nil, ledger.Errorf(ledger.ErrInvalid, "“%s” is an ending that many domains share. Type the whole name, such as example.%s.", name, parsed.Unicode)
	}
	return v.Ledger.AddSite(v.r.Context(), v.who, ledger.NewSite{
		Name: parsed.ASCII, HostingType: ledger.HostingNone,
		Webspace: &ledger.Selector{By: ledger.ByID, Value: strconv.FormatInt(s.ID, 10)},
	})
}

// addedDomain is what follows when a domain was added.
type addedDomain struct {
	*subscription
	Domain ledger.DomainName
	Shop   string // where to register it; "": nowhere
	Cert   string // where to buy a certificate for it; "": nowhere
}

// addedDomainPage offers to register a domain of a subscription, and a
// certificate for it.
func addedDomainPage(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(v.r.PathValue("site"), 10, 64)
	if err != nil {
		return errNoPage
	}
	if err := found(v.Ledger.FindSites(v.r.Context(), v.who, byID(id))); err != nil {
		return err
	}
	sites, err := v.Ledger.Sites(v.r.Context(), []int64{id})
	if err != nil {
		return err
	}
	if len(sites) == 0 || sites[0].WebspaceID != s.ID {
		return errNoPage
	}
	name := sites[0].Name
	return v.show(view{template: "domain_added", title: name.Unicode, data: addedDomain{
		subscription: s, Domain: name,
		Shop: storeLink(s.Billing.DomainStoreURL, name), Cert: storeLink(s.Billing.CertStoreURL, name),
	}})
}
