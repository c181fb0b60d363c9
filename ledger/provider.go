package ledger

// Provider is an account that customers and subscriptions belong to. They are
// counted for a reseller only: nothing limits the administrator.
type Provider struct {
	Account
	Customers int
	Webspaces int // his own and those of his customers
}

// Admit tells, in the transaction of a store, why a provider cannot have what
// he would get, or nil. A provider who is gone by then is the zero Provider.
type Admit func(*Provider) error

func admitCustomer(p *Provider) error { return p.admit(1, 0) }

func admitWebspace(p *Provider) error { return p.admit(0, 1) }

// admit tells why a provider cannot have so many more customers and
// subscriptions, or nil.
func (p *Provider) admit(customers, webspaces int) error {
	switch p.Role {
	case RoleAdmin:
		return nil
	case RoleReseller:
	default:
		return errOwnerNotFound
	}
	limits := p.ResellerSettings().CompleteLimits()
	for _, r := range []struct {
		limit, resource string
		have, more      int64
	}{
		{maxCustomers, "clients", int64(p.Customers), int64(customers)},
		{maxWebspaces, "domains", int64(p.Webspaces), int64(webspaces)},
	} {
		if most, _ := limits.Get(r.limit); most != unlimited && r.more > 0 && r.have+r.more > most {
			return errNoneLeft(r.resource, r.more, max(most-r.have, 0))
		}
	}
	return nil
}

// errNoneLeft is the answer when a limit is reached. The resource has the
// protocol's name.
func errNoneLeft(resource string, requested, available int64) error {
	return Errorf(ErrLimit, "There are no available resources of this type (%s) left. Requested: %d; available: %d.",
		resource, requested, available)
}
