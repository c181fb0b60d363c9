package ledger

import "net/netip"

// Role is what an account is. It decides which operations it may call at all.
type Role uint8

// The roles of the protocol's users.
const (
	RoleAdmin Role = iota + 1
	RoleReseller
	RoleCustomer
)

// String returns the role's name as documentation writes it.
func (r Role) String() string {
	switch r {
	case RoleAdmin:
		return "administrator"
	case RoleReseller:
		return "reseller"
	case RoleCustomer:
		return "customer"
	}
	return "nobody"
}

// Identity is who makes a request, as authentication found it.
type Identity struct {
	AccountID int64
	Role      Role
	Login     string
	Address   netip.Addr // where the request came from; zero for requests from within
}

// Scope is the set of objects that an account may see: the administrator
// everything, a reseller his own and his customers', a customer only his own.
// Store queries take one, so that visibility is decided in one place.
type Scope struct {
	Role      Role
	AccountID int64
}

// Everything is the administrator's scope.
var Everything = Scope{Role: RoleAdmin, AccountID: AdminID}

// Scope returns what the identity may see.
func (who Identity) Scope() Scope { return Scope{Role: who.Role, AccountID: who.AccountID} }

// isProvider tells whether the account sells subscriptions to others.
func (who Identity) isProvider() bool { return who.Role == RoleAdmin || who.Role == RoleReseller }
