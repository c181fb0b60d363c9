package sqlstore

import (
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// visible returns the condition that a scope sets on an account, or on the
// owner of an object: account is the alias of its row in accounts. The
// administrator sees everything, a reseller himself and his customers, a
// customer himself.
func visible(scope ledger.Scope, account string, args *arguments) string {
	switch scope.Role {
	case ledger.RoleAdmin:
		return "TRUE"
	case ledger.RoleReseller:
		self := args.add(scope.AccountID)
		return fmt.Sprintf("(%[1]s.id = %[2]s OR %[1]s.owner_id = %[2]s)", account, self)
	case ledger.RoleCustomer:
		return account + ".id = " + args.add(scope.AccountID)
	}
	return "FALSE"
}

// ofVisible returns the condition that a scope sets on what belongs to a
// subscription, by the column that has the subscription's id. It costs nothing
// where everything is visible.
func ofVisible(scope ledger.Scope, column string, args *arguments) string {
	if scope.Role == ledger.RoleAdmin {
		return "TRUE"
	}
	return column + ` IN (SELECT w.id FROM webspaces w JOIN accounts o ON o.id = w.owner_id WHERE ` + visible(scope, "o", args) + `)`
}

// selected returns the condition that a selector sets. Columns tells where
// each kind of value is found. An empty value selects nothing, and neither
// does an id that is not a number.
func selected(s ledger.Selector, columns map[ledger.By]string, args *arguments) (string, error) {
	if s.By == ledger.ByAll {
		return "TRUE", nil
	}
	column, ok := columns[s.By]
	if !ok {
		return "", fmt.Errorf("cannot select by %q", s.By)
	}
	if s.Value == "" {
		return "FALSE", nil
	}
	if !isNumeric(s.By) {
		return column + " = " + args.add(s.Value), nil
	}
	id, err := strconv.ParseInt(s.Value, 10, 64)
	if err != nil {
		return "FALSE", nil //nolint:nilerr // no object has such an id
	}
	return column + " = " + args.add(id), nil
}

func isNumeric(by ledger.By) bool {
	switch by {
	case ledger.ByID, ledger.ByOwnerID, ledger.ByParentID, ledger.ByParentSiteID, ledger.BySiteID:
		return true
	}
	return false
}
