package ledger

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// IPAddress is an address that the host offers for hosting.
type IPAddress struct {
	Address   netip.Addr
	Netmask   string // dotted for IPv4; a prefix length or mask for IPv6
	Type      IPType
	Interface string     // network interface, such as eth0
	Public    netip.Addr // the address that others see behind NAT; zero: the same
}

// IPType says whether one subscription or many use an address.
type IPType string

// The types of the protocol (ipType).
const (
	IPShared    IPType = "shared"
	IPExclusive IPType = "exclusive"
)

// ParseIP reads an address for the element named.
//
// Errors: ErrInvalid.
func ParseIP(element, s string) (netip.Addr, error) {
	addr, err := netip.ParseAddr(s)
	if err != nil || addr.Zone() != "" {
		return netip.Addr{}, Errorf(ErrInvalid, "%s: %q is not an IPv4 or IPv6 address.", element, s)
	}
	return addr.Unmap(), nil
}

// IPAddresses lists the host's addresses, the first being the default.
//
// Errors: ErrPermission for a customer who calls.
func (l *Ledger) IPAddresses(ctx context.Context, who Identity) ([]IPAddress, error) {
	if !who.isProvider() {
		return nil, errPermission
	}
	return l.store.IPAddresses(ctx)
}

// AddIPAddress adds an address.
//
// Errors: ErrPermission for anyone but the administrator, ErrExists.
func (l *Ledger) AddIPAddress(ctx context.Context, who Identity, ip IPAddress) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	err := l.store.AddIPAddress(l.causedBy(ctx, who), ip)
	if errors.Is(err, ErrExists) {
		return Errorf(ErrExists, "IP address %s already exists.", ip.Address)
	}
	return err
}

// IPAddressUpdate changes an address; nil leaves a field as it is.
type IPAddressUpdate struct {
	Type   *IPType
	Public *netip.Addr
}

// UpdateIPAddress changes an address.
//
// Errors: ErrPermission for anyone but the administrator, ErrIPNotFound.
func (l *Ledger) UpdateIPAddress(ctx context.Context, who Identity, addr netip.Addr, u IPAddressUpdate) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	return ipError(addr, l.store.UpdateIPAddress(l.causedBy(ctx, who), addr, func(ip *IPAddress) error {
		set(&ip.Type, u.Type)
		set(&ip.Public, u.Public)
		return nil
	}))
}

// DeleteIPAddress removes an address that no subscription uses, no reseller has
// in his pool and no plan gives to one.
//
// Errors: ErrPermission for anyone but the administrator, ErrIPNotFound,
// ErrFailed while the address is in use or the only one.
func (l *Ledger) DeleteIPAddress(ctx context.Context, who Identity, addr netip.Addr) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	return ipError(addr, l.store.DeleteIPAddress(l.causedBy(ctx, who), addr))
}

func ipError(addr netip.Addr, err error) error {
	switch {
	case errors.Is(err, ErrNotFound):
		return Errorf(ErrIPNotFound, "IP address %s does not exist.", addr)
	case errors.Is(err, ErrFailed):
		return Errorf(ErrFailed, "IP address %s is in use by subscriptions, resellers or reseller plans, or it is the last one.", addr)
	}
	return err
}

// ParseNetmask reads the netmask of an address: dotted (255.255.255.0), or a
// mask or prefix length of IPv6.
//
// Errors: ErrInvalid.
func ParseNetmask(addr netip.Addr, s string) (string, error) {
	if addr.Is6() {
		if n, err := strconv.ParseUint(strings.TrimPrefix(s, "/"), 10, 8); err == nil && n >= 1 && n <= 128 {
			return s, nil
		}
	}
	mask, err := netip.ParseAddr(s)
	if err != nil || mask.Is4() != addr.Is4() || !isMask(mask.AsSlice()) {
		return "", Errorf(ErrInvalid, "netmask: %q is not the netmask of an address such as %s.", s, addr)
	}
	return s, nil
}

// isMask tells whether all one bits come before all zero bits.
func isMask(b []byte) bool {
	ended := false
	for _, octet := range b {
		for bit := 7; bit >= 0; bit-- {
			one := octet>>bit&1 == 1
			if one && ended {
				return false
			}
			ended = ended || !one
		}
	}
	return true
}

// completeIPs gives hosting the server's default address when it names none.
func (l *Ledger) completeIPs(ctx context.Context, h *Hosting) error {
	known, err := l.knownIPs(ctx)
	if err != nil {
		return err
	}
	if len(h.IPs) == 0 && len(known) > 0 {
		h.IPs = known[:1]
	}
	return checkIPs(h.IPs, known)
}

func (l *Ledger) knownIPs(ctx context.Context) ([]string, error) {
	all, err := l.store.IPAddresses(ctx)
	if err != nil {
		return nil, err
	}
	known := make([]string, len(all))
	for i, ip := range all {
		known[i] = ip.Address.String()
	}
	return known, nil
}

// checkIPs makes sure that the host has the addresses, and writes each in its
// usual form.
func checkIPs(wanted, known []string) error {
	families := map[bool]bool{}
	for i, ip := range wanted {
		addr, err := ParseIP("ip_address", ip)
		if err != nil {
			return err
		}
		if wanted[i] = addr.String(); !slices.Contains(known, wanted[i]) {
			return Errorf(ErrIPNotFound, "IP address %s does not exist.", ip)
		}
		if families[addr.Is4()] {
			return Errorf(ErrInvalid, "ip_address: expected at most one IPv4 and one IPv6 address.")
		}
		families[addr.Is4()] = true
	}
	return nil
}
