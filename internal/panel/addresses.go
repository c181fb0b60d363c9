package panel

import (
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// family is the addresses of one kind that the host has.
type family struct {
	Field, Label string
	Addresses    []string
}

// families returns the host's addresses, of which a subscription may have one
// of each family.
func (v *visit) families() (families []family, err error) {
	all, err := v.Ledger.IPAddresses(v.r.Context(), v.who)
	if err != nil {
		return nil, err
	}
	four, six := family{Field: "ipv4", Label: "IPv4 address"}, family{Field: "ipv6", Label: "IPv6 address"}
	for _, ip := range all {
		of := &six
		if ip.Address.Is4() {
			of = &four
		}
		of.Addresses = append(of.Addresses, ip.Address.String())
	}
	for _, of := range []family{four, six} {
		if len(of.Addresses) > 0 {
			families = append(families, of)
		}
	}
	return families, nil
}

// addresses returns those that were chosen, nil where there was no choice.
func addresses(typed url.Values) (chosen []string, err error) {
	for _, field := range []string{"ipv4", "ipv6"} {
		if ip := typed.Get(field); ip != "" {
			chosen = append(chosen, ip)
		}
	}
	if len(chosen) == 0 && (typed.Has("ipv4") || typed.Has("ipv6")) {
		return nil, ledger.Errorf(ledger.ErrInvalid, "IP addresses: a subscription has at least one. Choose it.")
	}
	return chosen, nil
}

// familyOf returns the field of an address.
func familyOf(ip string) string {
	if strings.Contains(ip, ":") {
		return "ipv6"
	}
	return "ipv4"
}
