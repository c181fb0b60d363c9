package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

const adminPasswordVariable = "HOSTLEDGER_ADMIN_PASSWORD"

// adminPassword is a new password for the administrator.
type adminPassword struct {
	text      string
	generated bool
}

// newAdminPassword takes the password from the environment or generates one.
func newAdminPassword() adminPassword {
	if text := os.Getenv(adminPasswordVariable); text != "" {
		return adminPassword{text: text}
	}
	return adminPassword{text: generatePassword(), generated: true}
}

// generatePassword returns 100 random bits in Base32, which has no characters
// that look alike.
func generatePassword() string { return rand.Text()[:20] }

// passwordError says where a password comes from that the ledger does not take.
func passwordError(err error) error {
	if errors.Is(err, ledger.ErrInvalid) {
		return fmt.Errorf("%s: %w", adminPasswordVariable, err)
	}
	return err
}

// show prints a generated password. It is kept nowhere else.
func (p adminPassword) show() error {
	if !p.generated {
		return nil
	}
	_, err := fmt.Printf(`
  The administrator's password, which is shown only now:

      login     %s
      password  %s

`, server.AdminLogin, p.text)
	return err
}
