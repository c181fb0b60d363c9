package ledger

import (
	"slices"
	"strconv"
	"testing"
)

// Every property has a name of its own, a label, and a default, if any, that is a
// value of its type.
func TestDescriptors(t *testing.T) {
	for kind, d := range map[string]Descriptor{
		"limits": WebspaceLimits, "permissions": WebspacePermissions, "hosting": WebspaceHosting,
		"hosting of a site": SiteHosting, "hosting of a plan": PlanHosting,
		"limits of an add-on": AddonLimits, "permissions of an add-on": AddonPermissions, "hosting of an add-on": AddonHosting,
		"limits of a reseller": ResellerLimits, "permissions of a reseller": ResellerPermissions,
	} {
		t.Run(kind, func(t *testing.T) {
			seen := map[string]bool{}
			for _, p := range d.Properties {
				if p.Name == "" || seen[p.Name] || p.Label == "" {
					t.Errorf("%+v: want a new name and a label", p)
				}
				seen[p.Name] = true
				if p.Default != "" && !isOfType(p.Default, p.Type) {
					t.Errorf("%s: the default %q is no value of the type %v", p.Name, p.Default, p.Type)
				}
			}
			if len(seen) == 0 || !slices.Contains(d.WritableBy, RoleAdmin) {
				t.Errorf("%d properties, writable by %v", len(seen), d.WritableBy)
			}
		})
	}
}

func isOfType(value string, of PropertyType) bool {
	if of.Values != nil {
		return of.Name == "string" && slices.Contains(of.Values, value)
	}
	switch of.Name {
	case "string", "password":
		return true
	case "boolean":
		return value == "true" || value == "false"
	case "int", "bytes", "date":
		_, err := strconv.ParseInt(value, 10, 64)
		return err == nil
	}
	return false
}
