package ledger

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxStoreURLBytes is a length every browser and server in use takes.
const maxStoreURLBytes = 2048

// ParseStoreURL checks the address of a shop to which a user is sent, and
// returns it as given. It must be an absolute http or https URL (RFC 3986) with
// a host and without a user name or password, of at most 2048 bytes, in UTF-8
// without spaces and without characters that cannot be seen.
func ParseStoreURL(s string) (string, error) {
	if len(s) > maxStoreURLBytes {
		return "", fmt.Errorf("%s is longer than the %d bytes a URL may have", quoteValue(s), maxStoreURLBytes)
	}
	u, err := url.Parse(s)
	if err == nil && u.User != nil {
		// Error texts end up in logs, so the password stays out of this one.
		return "", fmt.Errorf("%s has a user name or password: a URL must have none", quoteValue(u.Redacted()))
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, isSpaceOrInvisible) {
		return "", fmt.Errorf("%s has a space or control character: a URL must have none", quoteValue(s))
	}
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%s is not an absolute http or https URL such as https://shop.example.com/", quoteValue(s))
	}
	return s, nil
}

func isSpaceOrInvisible(r rune) bool {
	return r == ' ' || !unicode.IsPrint(r)
}
