package collect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/ledger"
)

// server is a target that speaks the XML API. It takes the mail counters.
type server struct{ client *client.Client }

// answerWithin is how long a server may take to answer a packet.
const answerWithin = 2 * time.Minute

func newServer(t *TargetConfig) (*server, error) {
	made := &client.Client{URL: t.URL, Login: t.Login, Password: t.Password, Key: t.Key}
	for _, secret := range []struct {
		file string
		to   *string
	}{{t.PasswordFile, &made.Password}, {t.KeyFile, &made.Key}} {
		if secret.file == "" {
			continue
		}
		content, err := os.ReadFile(secret.file)
		if err != nil {
			return nil, err
		}
		first, _, _ := strings.Cut(string(content), "\n")
		if *secret.to = strings.TrimSuffix(first, "\r"); *secret.to == "" {
			return nil, fmt.Errorf("the first line of %s is empty: it should hold the password or key", secret.file)
		}
	}
	var err error
	if made.HTTP, err = (client.TLS{RootsFile: t.CA, Insecure: t.Insecure}).HTTPClient(); err != nil {
		return nil, err
	}
	made.HTTP.Timeout = answerWithin
	return &server{made}, nil
}

// ResolveSites implements [Target].
func (s *server) ResolveSites(ctx context.Context, names []string) ([]int64, error) {
	ids, err := s.client.ResolveSites(ctx, names)
	return ids, temporary(err)
}

// SetTraffic implements [Target].
func (s *server) SetTraffic(ctx context.Context, days []ledger.SiteTraffic) ([]error, error) {
	nodes := make([]client.SiteSetTraffic, len(days))
	for i := range days {
		nodes[i] = siteSetTraffic(&days[i])
	}
	results, err := s.client.SetSiteTraffic(ctx, nodes)
	if err != nil {
		return nil, temporary(err)
	}
	outcomes := make([]error, len(results))
	for i := range results {
		if outcomes[i] = results[i].Err(); errors.Is(outcomes[i], client.ErrNotFound) {
			outcomes[i] = ErrNoSite
		}
	}
	return outcomes, nil
}

func siteSetTraffic(d *ledger.SiteTraffic) client.SiteSetTraffic {
	given := func(counter ledger.CounterSet, bytes int64) *int64 {
		if d.Given&counter == 0 {
			return nil
		}
		return &bytes
	}
	return client.SiteSetTraffic{
		DomID: d.SiteID, Date: d.Date,
		SMTPIn: given(ledger.SMTPIn, d.SMTPIn), SMTPOut: given(ledger.SMTPOut, d.SMTPOut),
		POP3IMAPIn: given(ledger.POP3IMAPIn, d.POP3IMAPIn), POP3IMAPOut: given(ledger.POP3IMAPOut, d.POP3IMAPOut),
	}
}

// temporary tells an error that may pass from what the server itself says.
func temporary(err error) error {
	var answer *client.Error
	if err == nil || errors.As(err, &answer) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrTemporary, err)
}
