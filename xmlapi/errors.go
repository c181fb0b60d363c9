package xmlapi

import (
	"errors"

	"github.com/hostledger/hostledger/ledger"
)

// Code is an error code of the protocol's reduced list.
type Code int

// The codes that this server gives, and what they mean.
const (
	CodeWrongPassword   Code = 1001  // wrong login or password
	CodeExists          Code = 1007  // an object of that name or address exists already
	CodeVersion         Code = 1005  // protocol version not supported
	CodePermission      Code = 1006  // permission denied
	CodeDisabled        Code = 1011  // account disabled
	CodeLocked          Code = 1012  // login locked for a while after failures
	CodeNotFound        Code = 1013  // object does not exist, or the caller may not see it
	CodeInvalidRequest  Code = 1014  // packet not well-formed, or not valid by the schema; nothing of it was executed
	CodeOwnerNotFound   Code = 1015  // the object named as owner or parent does not exist, or the caller may not see it
	CodeIPNotFound      Code = 1018  // IP address does not exist
	CodeInvalidValue    Code = 1019  // invalid value; the text names the element and what was expected
	CodeOperationFailed Code = 1023  // operation failed; the text says why, if it is not the server's own failure
	CodeLimitReached    Code = 1024  // limit reached
	CodeWrongStatus     Code = 1025  // wrong status value, or not one that the caller may set
	CodeNotInstalled    Code = 1026  // the service is not installed
	CodeNoAuthMethod    Code = 1029  // no credentials
	CodeSecretKey       Code = 11003 // secret key not known, or not from this address
)

// codes gives each kind of the ledger's errors its code. The text comes with
// the error.
var codes = map[ledger.Kind]Code{
	ledger.ErrWrongLogin:    CodeWrongPassword,
	ledger.ErrKeyUnknown:    CodeSecretKey,
	ledger.ErrKeyMisused:    CodeSecretKey,
	ledger.ErrDisabled:      CodeDisabled,
	ledger.ErrLocked:        CodeLocked,
	ledger.ErrPermission:    CodePermission,
	ledger.ErrExists:        CodeExists,
	ledger.ErrNotFound:      CodeNotFound,
	ledger.ErrNamedNotFound: CodeNotFound,
	ledger.ErrOwnerNotFound: CodeOwnerNotFound,
	ledger.ErrIPNotFound:    CodeIPNotFound,
	ledger.ErrInvalid:       CodeInvalidValue,
	ledger.ErrLimit:         CodeLimitReached,
	ledger.ErrStatus:        CodeWrongStatus,
	ledger.ErrNotInstalled:  CodeNotInstalled,
	ledger.ErrFailed:        CodeOperationFailed,
	ledger.ErrBusy:          CodeOperationFailed,
}

// SystemError refuses a whole packet: nothing of it was executed. Intercept of
// an API refuses single nodes by it.
type SystemError struct {
	Code Code
	Text string
}

func (e *SystemError) Error() string { return e.Text }

// ErrNoAuthMethod is the answer to a request without credentials.
var ErrNoAuthMethod = &SystemError{CodeNoAuthMethod, "Authentication method is not specified"}

var errPermissionDenied = ledger.Errorf(ledger.ErrPermission, "Permission denied.")

// codeOf returns the code and text that a client gets for an error, or ok
// false for an internal one, whose details are none of the client's business.
func codeOf(err error) (code Code, text string, ok bool) {
	var system *SystemError
	if errors.As(err, &system) {
		return system.Code, system.Text, true
	}
	var known *ledger.Error
	if errors.As(err, &known) {
		if code, ok := codes[known.Kind]; ok {
			return code, known.Text, true
		}
	}
	return CodeOperationFailed, "Operation failed.", false
}
