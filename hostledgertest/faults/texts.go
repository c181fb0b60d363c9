package faults

import (
	"cmp"
	"fmt"

	"github.com/hostledger/hostledger/xmlapi"
)

// refusal returns the error of a fault, for a node or a whole packet.
func (f *Fault) refusal(code xmlapi.Code, o *xmlapi.Operation) *xmlapi.SystemError {
	return &xmlapi.SystemError{Code: code, Text: cmp.Or(f.Text, textOf(code, o))}
}

// textOf returns what servers say with a code; o is nil for a whole packet.
func textOf(code xmlapi.Code, o *xmlapi.Operation) string {
	if code == xmlapi.CodeNotFound && o != nil {
		return cmp.Or(notFound[o.Operator], "Object not found.")
	}
	return cmp.Or(texts[code], "Operation failed.")
}

var texts = map[xmlapi.Code]string{
	xmlapi.CodeWrongPassword:  "You have entered incorrect username or password.",
	1002:                      "User account already exists.",
	1003:                      "Agent initialization failed.",
	1004:                      "Initial setup is not completed.",
	xmlapi.CodeVersion:        fmt.Sprintf("Protocol version '1.9.9.9' is not supported. Current protocol version is '%s'", xmlapi.NewestVersion),
	xmlapi.CodePermission:     "Permission denied.",
	xmlapi.CodeExists:         "Object already exists.",
	1008:                      "Multiple access denied.",
	1010:                      "Access to the panel is denied.",
	xmlapi.CodeDisabled:       "The account is disabled.",
	xmlapi.CodeLocked:         "The login is locked from this address after too many failures. Try again in 60 s.",
	xmlapi.CodeNotFound:       "Object not found.",
	xmlapi.CodeInvalidRequest: "Parser error: Cannot parse the XML from the source specified",
	xmlapi.CodeOwnerNotFound:  "Owner does not exist",
	1017:                      "The feature is not supported by this protocol version.",
	xmlapi.CodeIPNotFound:     "IP address does not exist.",
	xmlapi.CodeInvalidValue:   "Invalid value.",
	xmlapi.CodeLimitReached:   "There are no available resources of this type left. Requested: 1; available: 0.",
	xmlapi.CodeWrongStatus:    "Wrong status value.",
	xmlapi.CodeNotInstalled:   "Service is not installed",
	1030:                      "The license has expired.",
	xmlapi.CodeNoAuthMethod:   xmlapi.ErrNoAuthMethod.Text,
	xmlapi.CodeSecretKey:      "PleskAPIInvalidSecretKeyException : key is not found",
}

// notFound is how operators say that what was asked for is not there.
var notFound = map[string]string{
	"customer":           "Client does not exist",
	"reseller":           "Reseller does not exist",
	"webspace":           "domain does not exist",
	"site":               "Site does not exist",
	"subdomain":          "subdomain does not exist",
	"site-alias":         "Site alias does not exist",
	"secret_key":         "Key is not found",
	"session":            "Session does not exist",
	"service-plan":       "Service plan does not exist",
	"service-plan-addon": "Service plan add-on does not exist",
	"reseller-plan":      "Reseller plan does not exist",
	"locale":             "Locale does not exist",
	"php-handler":        "Php handler does not exists", // as clients know it
	"server":             "service does not exist",
}
