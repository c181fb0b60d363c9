package storetest

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// testListWebspaces checks the orders of subscriptions and the conditions on
// them.
func testListWebspaces(t *testing.T, w *world) {
	ctx := t.Context()
	admin, reseller, customer, client := w.adminSpace.ID, w.resellerSpace.ID, w.customerSpace.ID, w.clientSpace.ID
	w.addSite(t, "addon.example", &w.customerSpace, nil)
	w.nameOwners(t)
	plan := ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.admin.ID, Name: "Plan"}
	ok(t, w.AddPlan(ctx, &plan))
	ok(t, w.UpdateWebspace(ctx, customer, nil, func(space *ledger.Webspace) error {
		space.Created, space.Overused, space.Plan = today-1, 20260301, &plan
		return nil
	}))
	w.renew(t, admin, "2026-12-22T14:00:00+0200")
	w.renew(t, client, "2026-12-22T12:00:00Z")
	w.renew(t, customer, "2026-12-01")
	noon := ledger.DayStart{Date: 20261223, At: time.Date(2026, 12, 22, 12, 0, 0, 0, time.UTC)} // of the 23rd, east of everybody

	for what, c := range map[string]struct {
		q    ledger.WebspaceListing
		want []int64
	}{
		"name":     {by(ledger.OrderName), []int64{admin, client, customer, reseller}},
		"owner":    {by(ledger.OrderOwner), []int64{client, reseller, customer, admin}},
		"created":  {by(ledger.OrderCreated), []int64{customer, admin, reseller, client}},
		"renewal":  {by(ledger.OrderRenewal), []int64{customer, admin, client, reseller}},
		"an owner": {ledger.WebspaceListing{Listing: by(ledger.OrderName).Listing, OwnerID: w.reseller.ID}, []int64{reseller}},
		"a plan":   {ledger.WebspaceListing{Listing: by(ledger.OrderName).Listing, PlanID: plan.ID}, []int64{customer}},
		"overused": {ledger.WebspaceListing{Listing: by(ledger.OrderName).Listing, Overused: 20260401}, []int64{admin, client, reseller}},
		"renews from": {ledger.WebspaceListing{Listing: by(ledger.OrderName).Listing, RenewsFrom: noon},
			[]int64{admin, client}},
		"renews before": {ledger.WebspaceListing{Listing: by(ledger.OrderName).Listing, RenewsBefore: noon}, []int64{customer}},
		"all at once": {ledger.WebspaceListing{
			Listing: ledger.Listing{Search: "example", Order: ledger.OrderOwner}, OwnerID: w.customer.ID, PlanID: plan.ID,
			Overused: 20260301, RenewsFrom: ledger.DayStart{Date: 20261201, At: noon.At}, RenewsBefore: noon,
		}, []int64{customer}},
	} {
		equal(t, what, w.listWebspaces(t, ledger.Everything, c.q), c.want)
		c.q.Descending = true
		slices.Reverse(c.want)
		if what == "renewal" {
			c.want = []int64{client, admin, customer, reseller} // those that never renew are last still
		}
		equal(t, what+", descending", w.listWebspaces(t, ledger.Everything, c.q), c.want)
	}
	w.testRenewalDays(t)
	equal(t, "of a reseller", w.listWebspaces(t, scope(w.reseller), by(ledger.OrderOwner)), []int64{client, reseller})
	equal(t, "of a customer", w.listWebspaces(t, scope(w.client), by(ledger.OrderRenewal)), []int64{client})
	equal(t, "of nobody", w.listWebspaces(t, ledger.Scope{}, by(ledger.OrderName)), nil)

	w.renew(t, client, "")
	equal(t, "one never renews any more", w.listWebspaces(t, ledger.Everything, by(ledger.OrderRenewal)), []int64{customer, admin, reseller, client})
	ok(t, w.DeleteWebspace(ctx, customer))
	equal(t, "one is gone", w.listWebspaces(t, ledger.Everything, by(ledger.OrderCreated)), []int64{admin, reseller, client})
}

// testRenewalDays bounds the renewals of customer on 1 December and of client at
// noon UTC of the 22nd by days that begin before and after midnight UTC.
func (w *world) testRenewalDays(t *testing.T) {
	dated, timed := []int64{w.customerSpace.ID}, []int64{w.clientSpace.ID}
	w.renew(t, w.adminSpace.ID, "")
	for _, c := range []struct {
		date         ledger.Date
		hour         int // UTC, from midnight of the date
		from, before []int64
	}{
		{20261201, 10, append(dated, timed...), nil},
		{20261202, -26, timed, dated}, // its instant is earlier than that of the renewal
		{20261222, 12, timed, dated},
		{20261222, 13, nil, append(dated, timed...)},
		{20261223, -12, timed, dated},
		{20261223, -11, nil, append(dated, timed...)},
	} {
		day := ledger.DayStart{Date: c.date, At: c.date.Time().Add(time.Duration(c.hour) * time.Hour)}
		q := by(ledger.OrderRenewal)
		q.RenewsFrom = day
		equal(t, "renewals from "+day.At.String(), w.listWebspaces(t, ledger.Everything, q), c.from)
		q.RenewsFrom, q.RenewsBefore = ledger.DayStart{}, day
		equal(t, "renewals before "+day.At.String(), w.listWebspaces(t, ledger.Everything, q), c.before)
	}
	w.renew(t, w.adminSpace.ID, "2026-12-22T14:00:00+0200")
}

func by(o ledger.Order) ledger.WebspaceListing {
	return ledger.WebspaceListing{Listing: ledger.Listing{Order: o}}
}

// listWebspaces returns all that a listing finds.
func (w *world) listWebspaces(t *testing.T, in ledger.Scope, q ledger.WebspaceListing) []int64 {
	t.Helper()
	q.Limit = 100
	ids, total, err := w.ListWebspaces(t.Context(), in, q)
	ok(t, err)
	equal(t, "number of all", total, len(ids))
	return ids
}

// nameOwners gives accounts names that are not in the order of their ids, two
// of them the same but for the case.
func (w *world) nameOwners(t *testing.T) {
	t.Helper()
	for account, name := range map[int64]string{w.admin.ID: "béa", w.reseller.ID: "Anna", w.customer.ID: "anna", w.client.ID: `_%\`} {
		ok(t, w.UpdateAccount(t.Context(), account, func(a *ledger.Account) error {
			a.Contact.Name = name
			return nil
		}))
	}
}

// renew sets when a subscription renews.
func (w *world) renew(t *testing.T, id int64, date string) {
	t.Helper()
	var renewal ledger.RenewalDate
	if date != "" {
		renewal = must(ledger.ParseRenewalDate(date))(t)
	}
	ok(t, w.UpdateWebspaceBilling(t.Context(), []int64{id}, func(b *ledger.WebspaceBilling) { b.RenewalDate = renewal }))
}

// testPages leafs through subscriptions.
func testPages(t *testing.T, w *world) {
	var all []int64
	for i := range 23 {
		all = append(all, w.addWebspace(t, "page"+strconv.Itoa(100+i)+".example", &w.client).ID)
	}
	for _, order := range []ledger.Order{ledger.OrderName, ledger.OrderOwner, ledger.OrderCreated, ledger.OrderRenewal} {
		for _, descending := range []bool{false, true} {
			q := ledger.WebspaceListing{Listing: ledger.Listing{Search: "page", Order: order, Descending: descending, Limit: 5}}
			var seen []int64
			for ; q.Offset < 30; q.Offset += 5 {
				ids, total, err := w.ListWebspaces(t.Context(), ledger.Everything, q)
				ok(t, err)
				equal(t, "number of all", total, len(all))
				equal(t, "length of the page", len(ids), max(0, min(5, len(all)-q.Offset)))
				seen = append(seen, ids...)
			}
			if descending {
				slices.Reverse(seen)
			}
			equal(t, "pages by "+string(order), seen, all)
		}
	}
	ids, total, err := w.ListWebspaces(t.Context(), ledger.Everything, by(ledger.OrderName))
	ok(t, err)
	equal(t, "number alone", total, len(all)+4)
	equal(t, "nothing of a page", ids, nil)
}

func testSearchWebspaces(t *testing.T, w *world) {
	admin, reseller, customer, client := w.adminSpace.ID, w.resellerSpace.ID, w.customerSpace.ID, w.clientSpace.ID
	w.addSite(t, "addon.example", &w.customerSpace, nil)
	w.nameOwners(t)
	for search, want := range map[string][]int64{
		"EXAMPLE":         {admin, client, customer, reseller},
		"client.e":        {client},
		"ücust":           {customer},
		"ÜCust":           {customer},
		"billing-ADM":     {admin},
		"ESELL":           {reseller},
		"company of cust": {customer},
		"ANNA":            {customer, reseller},
		"béa":             {admin},
		"BÉA":             nil, // of other letters than ASCII, in other texts than domains
		"%":               {client},
		"_":               {client},
		`\`:               {client},
		`_%\`:             {client},
		`%\`:              {client},
		"_%_":             nil,
		"addon":           nil,
		"'":               nil,
	} {
		q := ledger.WebspaceListing{Listing: ledger.Listing{Search: search, Order: ledger.OrderName}}
		equal(t, "search for "+search, w.listWebspaces(t, ledger.Everything, q), want)
	}
	q := ledger.WebspaceListing{Listing: ledger.Listing{Search: "example", Order: ledger.OrderName}}
	equal(t, "search of a reseller", w.listWebspaces(t, scope(w.reseller), q), []int64{client, reseller})
}

func testListAccounts(t *testing.T, w *world) {
	w.nameOwners(t)
	ok(t, w.UpdateAccount(t.Context(), w.client.ID, func(a *ledger.Account) error {
		a.Created--
		return nil
	}))
	reseller, customer, client := w.reseller.ID, w.customer.ID, w.client.ID
	list := func(in ledger.Scope, q ledger.AccountListing) []int64 {
		t.Helper()
		q.Limit = 100
		ids, total, err := w.ListAccounts(t.Context(), in, q)
		ok(t, err)
		equal(t, "number of all", total, len(ids))
		return ids
	}
	byName := ledger.Listing{Order: ledger.OrderName}
	for what, c := range map[string]struct {
		q    ledger.AccountListing
		want []int64
	}{
		"name":      {ledger.AccountListing{Listing: byName}, []int64{client, reseller, customer}},
		"owner":     {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderOwner}}, []int64{client, reseller, customer}},
		"created":   {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderCreated}}, []int64{client, reseller, customer}},
		"customers": {ledger.AccountListing{Listing: byName, Role: ledger.RoleCustomer}, []int64{client, customer}},
		"resellers": {ledger.AccountListing{Listing: byName, Role: ledger.RoleReseller}, []int64{reseller}},
		"an owner":  {ledger.AccountListing{Listing: byName, OwnerID: reseller}, []int64{client}},
		"one's own": {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderOwner}, OwnerID: w.admin.ID}, []int64{reseller, customer}},
		"login":     {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Search: "USTOM"}}, []int64{customer}},
		"e-mail":    {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Search: "client@EXAMPLE"}}, []int64{client}},
		"company":   {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Search: "of res"}}, []int64{reseller}},
		"external":  {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Search: "billing-"}}, []int64{client, reseller, customer}},
		"escaped":   {ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Search: "_"}}, []int64{client}},
	} {
		equal(t, what, list(ledger.Everything, c.q), c.want)
		c.q.Descending = true
		slices.Reverse(c.want)
		equal(t, what+", descending", list(ledger.Everything, c.q), c.want)
	}
	equal(t, "of a reseller", list(scope(w.reseller), ledger.AccountListing{Listing: byName, Role: ledger.RoleCustomer}), []int64{client})
	equal(t, "of a customer", list(scope(w.customer), ledger.AccountListing{Listing: byName}), []int64{customer})

	ids, total, err := w.ListAccounts(t.Context(), ledger.Everything, ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderName, Offset: 1, Limit: 1}})
	ok(t, err)
	equal(t, "number of all", total, 3)
	equal(t, "the second page", ids, []int64{reseller})

	owned, err := w.CountOwned(t.Context(), []int64{w.admin.ID, reseller, client, 99})
	ok(t, err)
	equal(t, "what belongs to accounts", owned, map[int64]ledger.Owned{
		w.admin.ID: {Customers: 1, Webspaces: 1}, reseller: {Customers: 1, Webspaces: 1}, client: {Webspaces: 1},
	})
}
