package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/httpd"
)

// connection is the flags that say which server a command talks to, and as whom.
type connection struct {
	URL          string `name:"url" group:"Server:" default:"https://127.0.0.1:8443" env:"HOSTLEDGER_URL" placeholder:"URL" help:"Where the server is (default ${default})."`
	Login        string `group:"Server:" default:"admin" env:"HOSTLEDGER_LOGIN" placeholder:"LOGIN" help:"Login of the account to use (default ${default})."`
	PasswordFile string `group:"Server:" xor:"credential" placeholder:"FILE" help:"File with the password. HOSTLEDGER_PASSWORD may hold the password itself."`
	KeyFile      string `group:"Server:" xor:"credential" placeholder:"FILE" help:"File with a secret key, used instead of login and password. HOSTLEDGER_KEY may hold the key itself."`
	Key          string `group:"Server:" xor:"credential" placeholder:"KEY" help:"The secret key itself; other users of this machine can see it in the list of processes."`
	CA           string `name:"ca" group:"Server:" env:"HOSTLEDGER_CA" placeholder:"FILE" help:"Certificate to trust, PEM; without it that in ./data, when there is one. The system's are trusted anyway."`
	Insecure     bool   `group:"Server:" help:"Do not check the server's certificate."`
}

// client returns a client for the connection. It may ask for the password.
func (c *connection) client() (*client.Client, error) {
	if !strings.HasPrefix(c.URL, "https://") && !strings.HasPrefix(c.URL, "http://") {
		return nil, fmt.Errorf("the URL of the server should begin with https:// or http://, but is %q", c.URL)
	}
	transport, err := client.TLS{RootsFile: c.roots(), Insecure: c.Insecure}.HTTPClient()
	if err != nil {
		return nil, err
	}
	made := &client.Client{URL: c.URL, Login: c.Login, HTTP: transport}
	if made.Key, err = c.key(); err != nil || made.Key != "" {
		return made, err
	}
	made.Password, err = c.password()
	return made, err
}

// roots returns the file with certificates to trust, "" for none that can be read.
func (c *connection) roots() string {
	if c.CA != "" {
		return c.CA
	}
	own := filepath.Join("data", httpd.CertificateFile)
	file, err := os.Open(own)
	if err != nil {
		return ""
	}
	_ = file.Close()
	return own
}

// key returns the secret key to use, "" for none: what is said by flags goes
// before what the environment says.
func (c *connection) key() (string, error) {
	switch {
	case c.Key != "":
		return c.Key, nil
	case c.KeyFile != "":
		return readSecret(c.KeyFile)
	case c.PasswordFile != "":
		return "", nil
	}
	return os.Getenv("HOSTLEDGER_KEY"), nil
}

func (c *connection) password() (string, error) {
	if c.PasswordFile != "" {
		return readSecret(c.PasswordFile)
	}
	if password := os.Getenv("HOSTLEDGER_PASSWORD"); password != "" {
		return password, nil
	}
	if isTerminal(os.Stdin) {
		return askPassword(fmt.Sprintf("Password of %s at %s: ", c.Login, c.URL))
	}
	return "", errors.New("no password: set HOSTLEDGER_PASSWORD, or name a file with --password-file or, for a secret key, --key-file")
}

// readSecret returns the first line of a file.
func readSecret(file string) (string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	secret, _, _ := strings.Cut(string(content), "\n")
	if secret = strings.TrimSuffix(secret, "\r"); secret == "" {
		return "", fmt.Errorf("the first line of %s is empty: it should hold the password or key", file)
	}
	return secret, nil
}
