package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"
)

var lockoutNow = time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)

// Who comes from many addresses with many logins takes up no more
// memory, and does not get a lock forgotten.
func TestLockoutIsBounded(t *testing.T) {
	l := lockout{tracked: map[party]*failures{}}
	locked := netip.MustParsePrefix("192.0.2.7/32")
	for range mostFailures {
		if _, err := l.begin(locked, "admin", lockoutNow); err != nil {
			t.Fatal(err)
		}
	}
	for i := range mostTracked {
		var address [16]byte
		binary.BigEndian.PutUint32(address[4:], uint32(i))
		source := netip.PrefixFrom(netip.AddrFrom16(address), 64)
		if _, err := l.begin(source, fmt.Sprint("login-", i), lockoutNow); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.tracked) > mostTracked {
		t.Errorf("%d are tracked", len(l.tracked))
	}
	if err := l.check(locked, "admin", lockoutNow); !errors.Is(err, ErrLocked) {
		t.Errorf("the lock was forgotten: %v", err)
	}
}

func TestLockedSourceIsNotTrackedFurther(t *testing.T) {
	l := lockout{tracked: map[party]*failures{}}
	source := netip.MustParsePrefix("2001:db8::/64")
	for i := range 1000 {
		_, _ = l.begin(source, fmt.Sprint("login-", i), lockoutNow)
	}
	if len(l.tracked) != mostFailuresOfAll+1 {
		t.Errorf("%d are tracked", len(l.tracked))
	}
}

// A login that succeeds leaves nothing behind.
func TestTakenBackIsNotTracked(t *testing.T) {
	l := lockout{tracked: map[party]*failures{}}
	source := netip.MustParsePrefix("192.0.2.7/32")
	a, err := l.begin(source, "admin", lockoutNow)
	if err != nil {
		t.Fatal(err)
	}
	l.takeBack(a)
	if len(l.tracked) != 0 {
		t.Errorf("%d are tracked", len(l.tracked))
	}
}
