package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"syscall"
)

// explain words an error for the person at the command line: what happened
// and, where it is known, what to do next.
func explain(err error) string {
	var request *url.Error
	if !errors.As(err, &request) {
		return err.Error()
	}
	reason := fmt.Sprintf("cannot talk to %s: %v", request.URL, request.Err)
	text := strings.Replace(err.Error(), request.Error(), reason, 1)
	if advice := adviceFor(err); advice != "" {
		text += "\n" + advice
	}
	return text
}

func adviceFor(err error) string {
	var unknownAuthority x509.UnknownAuthorityError
	var wrongName x509.HostnameError
	var badCertificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Is hostledger serve running? Start it, or name another server with --url or HOSTLEDGER_URL."
	case errors.Is(err, http.ErrSchemeMismatch):
		return "The server speaks plain HTTP there: begin the URL with http://."
	case errors.As(err, &unknownAuthority):
		return "Name the server's certificate with --ca FILE or HOSTLEDGER_CA (Hostledger keeps its own as tls.crt in the data folder), " +
			"or do without the check with --insecure."
	case errors.As(err, &wrongName):
		return "Use a URL with a name that is in the certificate, or do without the check with --insecure."
	case errors.As(err, &badCertificate):
		return "Renew the server's certificate, or do without the check with --insecure."
	}
	return ""
}
