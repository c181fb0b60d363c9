package client_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
)

func TestTLS(t *testing.T) {
	ledger := hostledgertest.New(t)
	server := httptest.NewUnstartedServer(ledger.Handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshakes that fail
	server.StartTLS()
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	file := filepath.Join(t.TempDir(), "roots.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		trust   client.TLS
		trusted bool
	}{
		"by default": {client.TLS{}, false},
		"by a file":  {client.TLS{RootsFile: file}, true},
		"by a pool":  {client.TLS{Roots: pool}, true},
		"whoever":    {client.TLS{Insecure: true}, true},
	} {
		transport, err := test.trust.HTTPClient()
		if err != nil {
			t.Fatal(err)
		}
		c := ledger.Client()
		c.URL, c.HTTP = server.URL, transport
		_, err = client.Do(ctx, c, client.ServerGetProtos{})
		var untrusted *tls.CertificateVerificationError
		if test.trusted && err != nil || !test.trusted && !errors.As(err, &untrusted) {
			t.Errorf("trust %s: %v", name, err)
		}
		transport.CloseIdleConnections()
	}
}

func TestRootsThatAreNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(file, []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + ".none"} {
		if _, err := (client.TLS{RootsFile: name}).HTTPClient(); err == nil {
			t.Errorf("%s is taken for certificates", name)
		}
	}
}
