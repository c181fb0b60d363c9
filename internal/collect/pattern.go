package collect

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// placeholder stands for a site's domain name in a path.
const placeholder = "{domain}"

// pattern is a path of logs: with *, ? and [ as in a shell, and with a
// placeholder for the name of the site that a log is of.
type pattern struct {
	glob  string
	match *regexp.Regexp // of a path, with a group for the domain; nil without placeholder

	isEmpty bool // it matched nothing when it was last looked at
}

func newPattern(text string) (*pattern, error) {
	before, after, has := strings.Cut(text, placeholder)
	p := &pattern{glob: text}
	if has {
		p.glob = before + "*" + after
		p.match = regexp.MustCompile("^" + globExpression(before) + "([^/]+?)" + globExpression(after) + "$")
	}
	switch {
	case strings.Contains(after, placeholder):
		return nil, fmt.Errorf("%s stands twice in %q", placeholder, text)
	case has && strings.ContainsAny(text, "[\\"):
		return nil, fmt.Errorf("%q: with %s there can be * and ?, but neither [ nor \\", text, placeholder)
	}
	if _, err := filepath.Match(p.glob, ""); err != nil {
		return nil, fmt.Errorf("%q: %w", text, err)
	}
	return p, nil
}

// domain returns what stands in a path where the pattern has its placeholder.
func (p *pattern) domain(path string) string {
	if p.match == nil {
		return ""
	}
	if found := p.match.FindStringSubmatch(path); found != nil {
		return found[1]
	}
	return ""
}

// globExpression returns the regular expression of a shell's pattern.
func globExpression(glob string) string {
	return strings.NewReplacer(`\*`, "[^/]*", `\?`, "[^/]").Replace(regexp.QuoteMeta(glob))
}
