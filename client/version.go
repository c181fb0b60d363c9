package client

import (
	"cmp"
	"strconv"
	"strings"
)

// firstOfNames is the first version of the protocol with the operators' names
// of today.
const firstOfNames = "1.6.3.0"

// olderNames are the names that operators had before.
var olderNames = map[string]string{
	"customer": "client", "webspace": "domain", "site-alias": "domain_alias", "service-plan": "domain_template",
}

// wireName is the name of an operator in a version of the protocol; without a
// version the newest is meant.
func wireName(operator, version string) string {
	if older := olderNames[operator]; older != "" && version != "" && compareVersions(version, firstOfNames) < 0 {
		return older
	}
	return operator
}

// compareVersions compares versions number by number, as many as both have: 1.6
// is as good as any version that begins so.
func compareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, _ := strconv.Atoi(as[i])
		y, _ := strconv.Atoi(bs[i])
		if order := cmp.Compare(x, y); order != 0 {
			return order
		}
	}
	return 0
}
