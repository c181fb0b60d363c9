package ledger

import "strings"

// Performance bounds what a site's web server gives out. Nil is unlimited.
type Performance struct {
	Bandwidth      *string `json:"bandwidth,omitempty"` // KB/s, as given
	MaxConnections *int64  `json:"max_connections,omitempty"`
}

func (p *Performance) merge(u Performance) {
	keep(&p.Bandwidth, u.Bandwidth)
	keep(&p.MaxConnections, u.MaxConnections)
}

// checkPerformance wants bounds that are bounds; the schema lets a bandwidth be
// infinite or no number at all.
func checkPerformance(p Performance) error {
	if p.Bandwidth != nil && *p.Bandwidth != "-1" && !isDecimalFraction(*p.Bandwidth) {
		return Errorf(ErrInvalid, "bandwidth: expected a number of KB/s from 0 up, or -1 for unlimited, not %q.", *p.Bandwidth)
	}
	if p.MaxConnections != nil && *p.MaxConnections < unlimited {
		return Errorf(ErrInvalid, "max_connections: expected a number from 0 up, or -1 for unlimited, not %d.", *p.MaxConnections)
	}
	return nil
}

func isDecimalFraction(s string) bool {
	return strings.Trim(s, "0123456789.") == "" && strings.Count(s, ".") <= 1 && strings.Trim(s, ".") != ""
}
