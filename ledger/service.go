package ledger

import "slices"

// Service is a program that the host runs or could run.
type Service struct {
	ID, Title string
	Running   bool
}

// ownService is this program.
const ownService = "hostledger"

// Services lists the server's own service, and those that clients look for,
// which it does not have.
var Services = []Service{
	{ownService, "Hostledger", true},
	{"dns", "DNS Server", false},
	{"smtp", "SMTP Server", false},
}

// ServiceOperation is what can be asked of a service, in the protocol's words.
type ServiceOperation string

// The operations of the protocol (srvOpType).
const (
	ServiceStart   ServiceOperation = "start"
	ServiceStop    ServiceOperation = "stop"
	ServiceRestart ServiceOperation = "restart"
)

// ManageService starts a service. What runs it is outside of the ledger, so
// nothing is ever stopped from here.
//
// Errors: ErrPermission for anyone but the administrator, ErrNotFound,
// ErrNotInstalled, ErrFailed for stop and restart.
func (l *Ledger) ManageService(who Identity, id string, operation ServiceOperation) error {
	i := slices.IndexFunc(Services, func(s Service) bool { return s.ID == id })
	switch {
	case who.Role != RoleAdmin:
		return errPermission
	case i < 0:
		return Errorf(ErrNotFound, "service does not exist")
	case id != ownService:
		return Errorf(ErrNotInstalled, "Service %s is not installed", id)
	case operation != ServiceStart:
		return Errorf(ErrFailed, "The service %s cannot %s itself: use the host's service manager.", id, operation)
	}
	return nil // it runs, or nobody would answer
}
