package ledger

import (
	"strings"

	"golang.org/x/net/idna"
)

// DomainName is a host name in both its forms: Unicode as people write it, and
// ASCII (RFC 5891, "punycode") as DNS and stores know it; both lower case.
type DomainName struct {
	Unicode, ASCII string
}

var idnaProfile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false))

// ParseDomainName accepts either form. A single trailing dot is dropped.
//
// Errors: ErrInvalid for a name that DNS could not hold.
func ParseDomainName(s string) (DomainName, error) {
	s = strings.TrimSuffix(s, ".")
	ascii, err := idnaProfile.ToASCII(s)
	if err != nil || !isHostName(ascii) {
		return DomainName{}, Errorf(ErrInvalid, "name: %q is not a domain name.", s)
	}
	unicode, err := idnaProfile.ToUnicode(ascii)
	if err != nil {
		return DomainName{}, Errorf(ErrInvalid, "name: %q is not a domain name.", s)
	}
	return DomainName{Unicode: unicode, ASCII: ascii}, nil
}

// parseSubdomainName is ParseDomainName for a subdomain, whose first label may
// be an asterisk: it stands for every name there that no other site has.
func parseSubdomainName(s string) (DomainName, error) {
	rest, isWildcard := strings.CutPrefix(s, "*.")
	name, err := ParseDomainName(rest)
	if err == nil && isWildcard {
		name = DomainName{Unicode: "*." + name.Unicode, ASCII: "*." + name.ASCII}
	}
	return name, err
}

// isHostName applies the bounds of RFC 1123 to a name in its ASCII form.
// Underscores are let through: they occur in names that hosts really serve.
func isHostName(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
				return false
			}
		}
	}
	return true
}

// Moved returns the name as it is when the name that it is under changes; one
// that is not under it stays.
func (d DomainName) Moved(from, to DomainName) DomainName {
	label, isUnder := strings.CutSuffix(d.ASCII, "."+from.ASCII)
	if !isUnder {
		return d
	}
	return DomainName{ASCII: label + "." + to.ASCII, Unicode: strings.TrimSuffix(d.Unicode, "."+from.Unicode) + "." + to.Unicode}
}

// checkUnder tells why a subdomain of a site cannot have the name, or nil.
func (d DomainName) checkUnder(parent DomainName) error {
	if !strings.HasSuffix(d.ASCII, "."+parent.ASCII) {
		return Errorf(ErrInvalid, "name: expected a name that ends in \".%s\", as that of a subdomain of it.", parent.Unicode)
	}
	return nil
}
