package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const nightSites = 1500

// TestCollectorWhileTargetIsAway sends the totals of nights over HTTPS to a
// server that is killed amid one of them and stopped amid another. Nothing is
// lost, and nothing doubled.
func TestCollectorWhileTargetIsAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := serveHTTPS(t, dir, "127.0.0.1:0")
	c := newCollecting(t, server, trusting(t, filepath.Join(dir, "data", "tls.crt")), nightSites)
	address := strings.TrimPrefix(server.urls[0], "https://")
	collector := c.follow()
	c.night()
	c.await("first night", func() bool { return c.missing() == "" })

	for _, stop := range []func() error{
		func() error { c.server.kill(); return nil },
		func() error { _, err := c.server.terminate(); return err },
	} {
		c.log.day = c.log.day.AddDays(1)
		c.night()
		c.await("beginning of the night", c.hasBegun)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		c.night()
		c.await("spool of the whole night", func() bool {
			s := c.status()
			return s.Targets[0].Waiting == nightSites && s.Targets[0].Problem != "" && s.Logs[0].Behind == 0
		})
		if text := c.run("status"); !strings.Contains(text, "connection refused") || !strings.Contains(text, " 1500 ") {
			t.Errorf("the status does not tell what waits and why:\n%s", text)
		}
		c.server = serveHTTPS(t, dir, address)
		c.await("night", func() bool { return c.missing() == "" })
	}
	c.checkAll(collector)
}

// serveHTTPS starts a server on the data folder of a test.
func serveHTTPS(t *testing.T, dir, address string) *process {
	t.Helper()
	env := append(os.Environ(), adminPasswordVariable+"="+adminPasswordForTests)
	p, err := startProcess(dir, "serve", env, 1, "--listen="+address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}

// trusting returns an HTTP client that trusts a certificate.
func trusting(t *testing.T, path string) *http.Client {
	t.Helper()
	certificate, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// night logs messages of every site.
func (c *collecting) night() {
	for range c.log.sites {
		c.log.message()
	}
	c.log.finish()
}

// hasBegun tells whether the server has something of the last day.
func (c *collecting) hasBegun() bool {
	c.Helper()
	first := c.traffic(c.log.day, c.ids[0])
	return first[0].Days[0].SMTPIn > 0
}
