package client

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
)

// TLS says which servers are trusted. The zero TLS trusts those with a
// certificate that the system trusts.
type TLS struct {
	RootsFile string         // certificates to trust besides the system's, in PEM form
	Roots     *x509.CertPool // the only certificates to trust; RootsFile is not read then
	Insecure  bool           // trust every server: for trying things out
}

// HTTPClient returns a client for [Client].HTTP that goes by proxies as the
// environment says and waits as long as the context of a call lets it. Change
// it at will before it is used.
func (t TLS) HTTPClient() (*http.Client, error) {
	roots := t.Roots
	if roots == nil && t.RootsFile != "" {
		var err error
		if roots, err = withSystemRoots(t.RootsFile); err != nil {
			return nil, err
		}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{
		MinVersion: tls.VersionTLS12, RootCAs: roots,
		InsecureSkipVerify: t.Insecure, //nolint:gosec // that is what it is for
	}
	return &http.Client{Transport: transport}, nil
}

// withSystemRoots adds the certificates in a file to those of the system.
func withSystemRoots(file string) (*x509.CertPool, error) {
	certificates, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading certificates to trust: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(certificates) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form", file)
	}
	return roots, nil
}
