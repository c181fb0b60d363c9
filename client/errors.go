package client

import "fmt"

// Error is an error of the protocol: an operation, or a whole packet, was
// refused.
type Error struct {
	Code      Code   `xml:"errcode"`
	Text      string `xml:"errtext"`
	FilterID  string `xml:"-"` // the value of the filter that selected the object; see Result
	Operator  string `xml:"-"` // with Operation: what was refused; empty for a whole packet
	Operation string `xml:"-"`
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s (error %d)", e.Text, int(e.Code))
	if e.FilterID != "" {
		text = e.FilterID + ": " + text
	}
	return text
}

// Unwrap returns the code, for [errors.Is].
func (e *Error) Unwrap() error { return e.Code }

// Code is an error code of the protocol. It is an error itself, so that
// errors.Is(err, client.ErrNotFound) tells of what kind an *[Error] is.
type Code int //nolint:errname // it is a code first

func (c Code) Error() string { return fmt.Sprintf("error %d", int(c)) }

// The protocol's codes. Hostledger does not give all of them.
const (
	ErrWrongPassword       Code = 1001  // wrong login or password
	ErrUserExists          Code = 1002  // there is a user account of that name
	ErrAgent               Code = 1003  // the server's agent could not start
	ErrNotSetUp            Code = 1004  // the server was not set up yet
	ErrVersion             Code = 1005  // protocol version not supported
	ErrPermission          Code = 1006  // permission denied
	ErrExists              Code = 1007  // an object of that name or address exists already
	ErrMultipleAccess      Code = 1008  // another session has this account
	ErrVirtuozzoKey        Code = 1009  // the key of the virtual machine is not valid
	ErrPanelAccess         Code = 1010  // access to the panel denied
	ErrDisabled            Code = 1011  // account disabled
	ErrLocked              Code = 1012  // login locked for a while after failures
	ErrNotFound            Code = 1013  // object does not exist, or the caller may not see it
	ErrInvalidRequest      Code = 1014  // packet not well-formed, or not valid by the schema
	ErrOwnerNotFound       Code = 1015  // the object named as owner or parent does not exist
	ErrNotInVersion        Code = 1017  // not in this version of the protocol
	ErrIPNotFound          Code = 1018  // IP address does not exist
	ErrInvalidValue        Code = 1019  // invalid value
	ErrOperationFailed     Code = 1023  // operation failed
	ErrLimitReached        Code = 1024  // limit reached
	ErrWrongStatus         Code = 1025  // wrong status value, or not one that the caller may set
	ErrNotInstalled        Code = 1026  // the service is not installed
	ErrIPOperation         Code = 1027  // an operation on an IP address failed
	ErrNoCredentials       Code = 1029  // no credentials
	ErrLicenseExpired      Code = 1030  // the server's license expired
	ErrNotConfigured       Code = 1031  // the service is not configured
	ErrInterface           Code = 1032  // no such network interface
	ErrAccountIncomplete   Code = 1033  // something is missing in the account
	ErrWebmail             Code = 1050  // webmail is not installed
	ErrSecretKey           Code = 11003 // secret key not known, or not from this address
	ErrDatabaseServerType  Code = 14008 // wrong type of database server
	ErrDatabaseServerSetup Code = 14009 // the database server is not configured
)
