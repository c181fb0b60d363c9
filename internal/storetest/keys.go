package storetest

import (
	"net/netip"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testSecretKeys(t *testing.T, w *world) {
	ctx := t.Context()
	equal(t, "no keys", must(w.SecretKeys(ctx))(t), nil)
	first := ledger.SecretKey{
		ID: "z-first", Hash: "hash 1", AccountID: w.admin.ID, Login: "admin", Description: "for the backup",
		Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")},
	}
	second := ledger.SecretKey{ID: "a-second", Hash: "hash 2", AccountID: w.client.ID, Login: "client"}
	ok(t, w.AddSecretKey(ctx, &first))
	ok(t, w.AddSecretKey(ctx, &second))
	equal(t, "keys, oldest first", must(w.SecretKeys(ctx))(t), []ledger.SecretKey{first, second})
	equal(t, "key", must(w.SecretKey(ctx, "hash 1"))(t), &first)
	_, err := w.SecretKey(ctx, "hash 3")
	fails(t, err, ledger.ErrNotFound)

	fails(t, w.DeleteSecretKey(ctx, "hash 1"), ledger.ErrNotFound)
	ok(t, w.DeleteSecretKey(ctx, "z-first"))
	fails(t, w.DeleteSecretKey(ctx, "z-first"), ledger.ErrNotFound)
	_, err = w.SecretKey(ctx, "hash 1")
	fails(t, err, ledger.ErrNotFound)
	equal(t, "keys left", must(w.SecretKeys(ctx))(t), []ledger.SecretKey{second})
}
