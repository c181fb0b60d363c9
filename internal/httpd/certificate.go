package httpd

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// The files of the self-signed certificate in the data folder.
const (
	CertificateFile = "tls.crt"
	KeyFile         = "tls.key"
)

// selfSignedFor is how long a self-signed certificate holds: the longest that
// browsers and operating systems accept.
const selfSignedFor = 825 * 24 * time.Hour

// renewedBefore is how long before its end a certificate is replaced.
const renewedBefore = 30 * 24 * time.Hour

func renewalOf(c *tls.Certificate) time.Time { return c.Leaf.NotAfter.Add(-renewedBefore) }

// Certificate returns the self-signed certificate of a data folder. It is made
// at the first start and again a month before it expires. Without a folder it is
// made for this run only.
func Certificate(dir string, host string) (tls.Certificate, error) {
	if dir != "" {
		pair, err := tls.LoadX509KeyPair(filepath.Join(dir, CertificateFile), filepath.Join(dir, KeyFile))
		switch {
		case err == nil && time.Now().Before(renewalOf(&pair)):
			return pair, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return tls.Certificate{}, fmt.Errorf("loading the certificate in %s: %w (remove %s and %s to have new ones made)", dir, err, CertificateFile, KeyFile)
		}
	}
	certificate, key, err := selfSigned(host)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("making a certificate: %w", err)
	}
	if dir != "" {
		if err := replaceFile(filepath.Join(dir, KeyFile), key, 0o600); err != nil {
			return tls.Certificate{}, err
		}
		if err := replaceFile(filepath.Join(dir, CertificateFile), certificate, 0o644); err != nil {
			return tls.Certificate{}, err
		}
	}
	return tls.X509KeyPair(certificate, key)
}

// SelfSigned gives the self-signed certificate of a data folder for as long as
// the server runs: a month before it expires a new one takes its place.
type SelfSigned struct {
	dir, host string
	log       *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	renewAt time.Time
}

// NewSelfSigned takes or makes the certificate as Certificate does.
func NewSelfSigned(dir, host string, log *slog.Logger) (*SelfSigned, error) {
	c, err := Certificate(dir, host)
	if err != nil {
		return nil, err
	}
	return &SelfSigned{dir: dir, host: host, log: log, current: &c, renewAt: renewalOf(&c)}, nil
}

// GetCertificate is for a tls.Config. When there cannot be a new certificate
// it returns the old one, which some clients do not mind when it has expired.
func (s *SelfSigned) GetCertificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); !now.Before(s.renewAt) {
		s.renew(now)
	}
	return s.current, nil
}

func (s *SelfSigned) renew(now time.Time) {
	c, err := Certificate(s.dir, s.host)
	if err != nil {
		s.log.Error("the self-signed certificate cannot be renewed", "expires", s.current.Leaf.NotAfter, "error", err)
		s.renewAt = now.Add(time.Minute)
		return
	}
	s.log.Info("the self-signed certificate was about to expire: a new one is in use", "until", c.Leaf.NotAfter)
	s.current, s.renewAt = &c, renewalOf(&c)
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, content []byte, mode fs.FileMode) error {
	unfinished := path + ".new"
	if err := os.WriteFile(unfinished, content, mode); err != nil {
		return err
	}
	return os.Rename(unfinished, path)
}

// selfSigned makes a certificate for this machine: its name and loopback.
func selfSigned(host string) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "localhost", Organization: []string{"Hostledger, self-signed"}},
		NotBefore:    time.Now().Add(-time.Hour), NotAfter: time.Now().Add(selfSignedFor),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		// Not a CA: who trusts it trusts this server and nothing that its key could sign.
		BasicConstraintsValid: true,
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	// Some machines have names that no certificate can hold.
	if name, err := ledger.ParseDomainName(host); err == nil && net.ParseIP(host) == nil {
		template.Subject.CommonName = name.ASCII
		template.DNSNames = append(template.DNSNames, name.ASCII)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), nil
}
