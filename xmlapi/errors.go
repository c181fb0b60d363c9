package xmlapi

import (
	"errors"

	"github.com/hostledger/hostledger/ledger"
)

// Code is an error code of the protocol's reduced list.
type Code int

// The codes that this server gives.
const (
	CodeWrongPassword   Code = 1001
	CodeExists          Code = 1007
	CodeVersion         Code = 1005
	CodePermission      Code = 1006
	CodeDisabled        Code = 1011
	CodeNotFound        Code = 1013
	CodeInvalidRequest  Code = 1014
	CodeOwnerNotFound   Code = 1015
	CodeIPNotFound      Code = 1018
	CodeInvalidValue    Code = 1019
	CodeOperationFailed Code = 1023
	CodeLimitReached    Code = 1024
	CodeWrongStatus     Code = 1025
	CodeNoAuthMethod    Code = 1029
	CodeSecretKey       Code = 11003
)

// codes gives each kind of the ledger's errors its code. The text comes with
// the error.
var codes = map[ledger.Kind]Code{
	ledger.ErrWrongLogin:    CodeWrongPassword,
	ledger.ErrKeyUnknown:    CodeSecretKey,
	ledger.ErrKeyMisused:    CodeSecretKey,
	ledger.ErrDisabled:      CodeDisabled,
	ledger.ErrPermission:    CodePermission,
	ledger.ErrExists:        CodeExists,
	ledger.ErrNotFound:      CodeNotFound,
	ledger.ErrOwnerNotFound: CodeOwnerNotFound,
	ledger.ErrIPNotFound:    CodeIPNotFound,
	ledger.ErrPlanNotFound:  CodeNotFound,
	ledger.ErrInvalid:       CodeInvalidValue,
	ledger.ErrLimit:         CodeLimitReached,
	ledger.ErrStatus:        CodeWrongStatus,
	ledger.ErrFailed:        CodeOperationFailed,
	ledger.ErrBusy:          CodeOperationFailed,
}

// SystemError refuses a whole packet: nothing of it was executed.
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
