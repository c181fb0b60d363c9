package ledger

import "fmt"

// Kind is what went wrong, as far as a caller can act on it. A Kind is an
// error, so errors.Is(err, ErrNotFound) tells it.
type Kind string //nolint:errname // a kind of error, not an error of its own

// Error returns the kind's meaning in general words.
func (k Kind) Error() string { return string(k) }

// The kinds of error that the ledger returns. Everything else that comes back
// from it is internal: a store that failed, a context that ended.
const (
	ErrWrongLogin    Kind = "wrong login or password"
	ErrKeyUnknown    Kind = "secret key is not known"
	ErrKeyMisused    Kind = "secret key may not be used from this address"
	ErrDisabled      Kind = "account is disabled"
	ErrLocked        Kind = "login is locked"
	ErrPermission    Kind = "permission denied"
	ErrExists        Kind = "object exists already"
	ErrNotFound      Kind = "object does not exist"
	ErrNamedNotFound Kind = "what a value names does not exist"
	ErrOwnerNotFound Kind = "owner does not exist"
	ErrIPNotFound    Kind = "IP address does not exist"
	ErrInvalid       Kind = "invalid value"
	ErrLimit         Kind = "limit reached"
	ErrStatus        Kind = "wrong status value"
	ErrFailed        Kind = "operation failed"
	ErrNotInstalled  Kind = "component is not installed"
	ErrBusy          Kind = "too much at once"
)

// Error is a kind together with the sentence that a client may be shown.
type Error struct {
	Kind Kind
	Text string
}

// Error returns the sentence for the client.
func (e *Error) Error() string { return e.Text }

// Unwrap lets errors.Is find the kind.
func (e *Error) Unwrap() error { return e.Kind }

// Errorf makes an error of a kind with the sentence for the client.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// Answers that several operations give, in the sentences that clients know.
var (
	errPermission    = Errorf(ErrPermission, "Permission denied.")
	errOwnerNotFound = Errorf(ErrOwnerNotFound, "Owner does not exist")
	errStatus        = Errorf(ErrStatus, "Wrong status value.")

	ErrNoCustomer error = Errorf(ErrNotFound, "Client does not exist")
	ErrNoReseller error = Errorf(ErrNotFound, "Reseller does not exist")
	ErrNoWebspace error = Errorf(ErrNotFound, "domain does not exist")
	ErrNoSite     error = Errorf(ErrNotFound, "Site does not exist")

	ErrNoSubdomain error = Errorf(ErrNotFound, "subdomain does not exist")
	ErrNoAlias     error = Errorf(ErrNotFound, "Site alias does not exist")
)
