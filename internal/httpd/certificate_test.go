package httpd_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
)

const KeyFile = "tls.key"

func certificate(t *testing.T, dir string) tls.Certificate {
	t.Helper()
	c, err := httpd.Certificate(dir, "ledger.example")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCertificateIsMadeAndReused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, again := certificate(t, dir), certificate(t, dir)
	if !first.Leaf.Equal(again.Leaf) {
		t.Error("a second start made another certificate")
	}
	if other := certificate(t, t.TempDir()); other.Leaf.Equal(first.Leaf) {
		t.Error("another folder has the same certificate")
	}
	info, err := os.Stat(filepath.Join(dir, KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v", info.Mode())
	}
}

func TestCertificateWithoutAFolder(t *testing.T) {
	t.Parallel()
	if certificate(t, "").Leaf.Equal(certificate(t, "").Leaf) {
		t.Error("two runs share a certificate")
	}
}

// A client that was given the certificate file connects by the host's name and
// by loopback addresses.
func TestCertificateIsTrustedByItsFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	listener := httptest.NewUnstartedServer(http.NotFoundHandler())
	listener.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that end with the test
	listener.TLS = &tls.Config{Certificates: []tls.Certificate{certificate(t, dir)}}
	listener.StartTLS()
	defer listener.Close()
	pool := x509.NewCertPool()
	file, err := os.ReadFile(filepath.Join(dir, httpd.CertificateFile))
	if err != nil || !pool.AppendCertsFromPEM(file) {
		t.Fatalf("no certificate in the file (%v)", err)
	}
	for _, name := range []string{"ledger.example", "localhost", "127.0.0.1", "::1"} {
		conn, err := tls.Dial("tcp", listener.Listener.Addr().String(), &tls.Config{RootCAs: pool, ServerName: name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_ = conn.Close()
	}
}

func TestExpiredCertificateIsReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeExpired(t, dir)
	c := certificate(t, dir)
	if !time.Now().Before(c.Leaf.NotAfter) {
		t.Errorf("the certificate expired at %v", c.Leaf.NotAfter)
	}
	if !certificate(t, dir).Leaf.Equal(c.Leaf) {
		t.Error("the new certificate was not kept")
	}
}

func TestCertificateIsRenewedWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		selfSigned, err := httpd.NewSelfSigned(dir, "ledger.example", slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		current := func() *x509.Certificate {
			c, err := selfSigned.GetCertificate(nil)
			if err != nil {
				t.Fatal(err)
			}
			return c.Leaf
		}
		first := current()
		time.Sleep(794 * 24 * time.Hour)
		if !current().Equal(first) {
			t.Error("another certificate was made more than a month before the first expires")
		}
		time.Sleep(24 * time.Hour)
		second := current()
		if second.Equal(first) || !time.Now().Before(first.NotAfter) {
			t.Errorf("the certificate in use a month before the first expires, at %v, expires at %v", first.NotAfter, second.NotAfter)
		}
		if !certificate(t, dir).Leaf.Equal(second) {
			t.Error("the new certificate was not kept")
		}
	})
}

// A certificate that cannot be renewed stays in use, and is renewed once it can.
func TestCertificateThatCannotBeRenewed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		selfSigned, err := httpd.NewSelfSigned(dir, "ledger.example", slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		first, _ := selfSigned.GetCertificate(nil)
		aside := dir + ".aside"
		if err := os.Rename(dir, aside); err != nil {
			t.Fatal(err)
		}
		time.Sleep(826 * 24 * time.Hour)
		for range 3 {
			if c, err := selfSigned.GetCertificate(nil); c != first || err != nil {
				t.Errorf("another certificate (%v)", err)
			}
		}
		if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
			t.Errorf("%d errors were logged:\n%s", n, &log)
		}
		if err := os.Rename(aside, dir); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if c, err := selfSigned.GetCertificate(nil); c == first || err != nil {
			t.Errorf("the certificate was not renewed (%v)", err)
		}
	})
}

func TestBrokenCertificateIsNotOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certificate(t, dir)
	if err := os.WriteFile(filepath.Join(dir, KeyFile), []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := httpd.Certificate(dir, "ledger.example"); err == nil {
		t.Error("a key that cannot be read was passed over")
	}
	if kept, err := os.ReadFile(filepath.Join(dir, KeyFile)); err != nil || string(kept) != "not a key" {
		t.Errorf("the file was changed: %q %v", kept, err)
	}
}

// writeExpired writes a certificate of yesterday.
func writeExpired(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(-24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		httpd.CertificateFile: {Type: "CERTIFICATE", Bytes: der},
		KeyFile:               {Type: "PRIVATE KEY", Bytes: pkcs8},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A machine may have a name that a certificate cannot hold, or should not.
func TestCertificateOfOddHostNames(t *testing.T) {
	t.Parallel()
	for host, want := range map[string][]string{
		"ledger.example":  {"localhost", "ledger.example"},
		"bücher":          {"localhost", "xn--bcher-kva"},
		"host with space": {"localhost"},
		"*":               {"localhost"},
		"(none)":          {"localhost"},
		"10.0.0.1":        {"localhost"},
		"\xff":            {"localhost"},
		"":                {"localhost"},
	} {
		pair, err := httpd.Certificate("", host)
		if err != nil {
			t.Errorf("%q: %v", host, err)
			continue
		}
		if !slices.Equal(pair.Leaf.DNSNames, want) {
			t.Errorf("%q: the certificate is for %q, want %q", host, pair.Leaf.DNSNames, want)
		}
	}
}
