package storetest

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testIPAddresses(t *testing.T, w *world) {
	ctx := t.Context()
	used := ledger.IPAddress{ // by the subscriptions of the world
		Address: netip.MustParseAddr("192.0.2.1"), Netmask: "255.255.255.0", Type: ledger.IPShared, Interface: "eth0",
		Public: netip.MustParseAddr("203.0.113.9"),
	}
	free := ledger.IPAddress{Address: netip.MustParseAddr("2001:db8::1"), Netmask: "64", Type: ledger.IPExclusive, Interface: "eth1"}
	last := ledger.IPAddress{Address: netip.MustParseAddr("192.0.2.0"), Netmask: "255.255.255.0", Type: ledger.IPShared, Interface: "eth0"}
	equal(t, "no addresses", must(w.IPAddresses(ctx))(t), nil)
	for _, ip := range []ledger.IPAddress{used, free, last} {
		ok(t, w.AddIPAddress(ctx, ip))
	}
	fails(t, w.AddIPAddress(ctx, free), ledger.ErrExists)
	equal(t, "addresses, oldest first", must(w.IPAddresses(ctx))(t), []ledger.IPAddress{used, free, last})

	ok(t, w.UpdateIPAddress(ctx, used.Address, func(ip *ledger.IPAddress) error {
		equal(t, "address to change", *ip, used)
		ip.Type, ip.Public = ledger.IPExclusive, netip.Addr{}
		return nil
	}))
	used.Type, used.Public = ledger.IPExclusive, netip.Addr{}
	refused := errors.New("refused")
	err := w.UpdateIPAddress(ctx, free.Address, func(ip *ledger.IPAddress) error {
		ip.Type = ledger.IPShared
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	equal(t, "addresses after updates", must(w.IPAddresses(ctx))(t), []ledger.IPAddress{used, free, last})
	unknown := netip.MustParseAddr("198.51.100.1")
	fails(t, w.UpdateIPAddress(ctx, unknown, func(*ledger.IPAddress) error { return nil }), ledger.ErrNotFound)

	fails(t, w.DeleteIPAddress(ctx, unknown), ledger.ErrNotFound)
	fails(t, w.DeleteIPAddress(ctx, used.Address), ledger.ErrFailed)
	givePool(t, w, ledger.PoolAddress{Address: used.Address, Type: ledger.IPShared}, ledger.PoolAddress{Address: free.Address})
	fails(t, w.DeleteIPAddress(ctx, free.Address), ledger.ErrFailed)
	givePool(t, w)
	plan := ledger.Plan{
		GUID: "guid-of-pool", Kind: ledger.ResellerPlan, OwnerID: w.admin.ID, Name: "Pool",
		Settings: ledger.PlanSettings{IPPool: ledger.IPPool{Addresses: []string{free.Address.String()}}},
	}
	ok(t, w.AddPlan(ctx, &plan))
	fails(t, w.DeleteIPAddress(ctx, free.Address), ledger.ErrFailed)
	ok(t, w.DeletePlan(ctx, plan.ID))
	ok(t, w.DeleteIPAddress(ctx, free.Address))
	equal(t, "addresses left", must(w.IPAddresses(ctx))(t), []ledger.IPAddress{used, last})
	for _, account := range []ledger.Account{w.reseller, w.customer} {
		ok(t, w.DeleteAccount(ctx, account.ID))
	}
	ok(t, w.DeleteWebspace(ctx, w.adminSpace.ID))
	ok(t, w.DeleteIPAddress(ctx, used.Address))
	fails(t, w.DeleteIPAddress(ctx, last.Address), ledger.ErrFailed)
}

// givePool gives the reseller these addresses.
func givePool(t *testing.T, w *world, pool ...ledger.PoolAddress) {
	t.Helper()
	ok(t, w.UpdateAccount(t.Context(), w.reseller.ID, func(a *ledger.Account) error {
		a.Reseller.IPPool = pool
		return nil
	}))
	equal(t, "pool", must(w.Accounts(t.Context(), []int64{w.reseller.ID}))(t)[0].Reseller.IPPool, pool)
}
