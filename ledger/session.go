package ledger

import (
	"context"
	"encoding/hex"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Session lets a user into the control panel without a password. It begins
// with a password, or with an id that CreateSession gave: whoever knows that,
// and comes from the session's address, opens it, once. From then on the secret
// in his browser's cookie is the session, wherever he comes from.
type Session struct {
	ID          string // 32 hex digits
	CookieHash  string // SHA-256 of that secret in hex, empty until it is opened; never leaves the ledger
	AccountID   int64
	Login       string
	Role        Role
	Address     netip.Addr // that it is for; once it is opened, that it was seen from last
	Created     time.Time
	Used        time.Time // last; Created when it never was
	StartingURL string    // where it begins; empty: at the panel's first page
	BackURL     string    // where its end leads; empty: to the panel's login
	Locale      string    // such as en-US; empty: that of the account
}

// KeptSessions is how many sessions an account has at most: the newest ones.
const KeptSessions = 100

// NewSession is what CreateSession needs.
type NewSession struct {
	Login   string
	Address netip.Addr // zero: the caller's
	// StartingURL and BackURL are paths on this server, or http or https URLs.
	StartingURL, BackURL string
	Locale               string
}

// CreateSession makes a session for an account that the caller may see: the
// administrator for everyone, a reseller for himself and his customers, a
// customer for himself. It returns the session's id.
//
// Errors: ErrNotFound for a login that is not there or not visible,
// ErrDisabled for an account that is out of service, ErrPermission for a
// reseller who may not use the panel, ErrInvalid for a URL or locale that cannot
// be.
func (l *Ledger) CreateSession(ctx context.Context, who Identity, n NewSession) (id string, err error) {
	ids, err := l.store.AccountIDs(ctx, who.Scope(), 0, Selector{ByLogin, n.Login})
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", errNoUser
	}
	a, err := l.account(ctx, ids[0])
	if err != nil {
		return "", err
	}
	if err := a.mayUsePanel(); err != nil {
		return "", err
	}
	if err := l.checkSession(ctx, who, n); err != nil {
		return "", err
	}
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return "", err
	}
	now := l.now()
	s := &Session{
		ID: l.newToken(), AccountID: a.ID, Address: n.Address, Created: now, Used: now,
		StartingURL: n.StartingURL, BackURL: n.BackURL, Locale: n.Locale,
	}
	if !s.Address.IsValid() {
		s.Address = who.Address
	}
	return s.ID, l.store.AddSession(ctx, s, since)
}

func (l *Ledger) checkSession(ctx context.Context, who Identity, n NewSession) error {
	if err := checkSessionURL(who, "starting_url", n.StartingURL); err != nil {
		return err
	}
	if err := checkSessionURL(who, "back_url", n.BackURL); err != nil {
		return err
	}
	return l.checkLocale(ctx, "locale_id", n.Locale)
}

// checkSessionURL wants a place that a browser can be sent to: one on this
// server or, if a provider asks, one of http or https. A customer could make
// links to the host's own address that lead anywhere.
func checkSessionURL(who Identity, element, s string) error {
	if s == "" || isPath(s) {
		return nil
	}
	if !who.isProvider() {
		return Errorf(ErrInvalid, "%s: expected a path on this server, such as /.", element)
	}
	if _, err := ParseStoreURL(s); err != nil {
		return Errorf(ErrInvalid, "%s: expected a path on this server, such as /, or an http or https URL.", element)
	}
	return nil
}

// isPath tells whether a browser takes s for a path, and not for the name of a
// host, as it does with //host and /\host.
func isPath(s string) bool {
	_, err := url.Parse(s)
	return err == nil && strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") && !strings.ContainsRune(s, '\\') &&
		!strings.ContainsFunc(s, isSpaceOrInvisible) && len(s) <= maxStoreURLBytes
}

// newToken returns 128 random bits as 32 hex digits.
func (l *Ledger) newToken() string {
	var b [16]byte
	mustRead(l.random, b[:])
	return hex.EncodeToString(b[:])
}

// isToken tells whether newToken may have made s.
func isToken(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 16
}

// sessionsSince returns the time since when a session must have been used in
// order to be one.
func (l *Ledger) sessionsSince(ctx context.Context) (time.Time, error) {
	settings, err := l.serverSettings(ctx)
	return l.now().Add(-settings.SessionTimeout()), err
}

// Sessions lists the sessions that have not ended, oldest first.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) Sessions(ctx context.Context, who Identity) ([]Session, error) {
	if who.Role != RoleAdmin {
		return nil, errPermission
	}
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return nil, err
	}
	return l.store.Sessions(ctx, 0, since)
}

// OwnSessions lists the caller's sessions that have not ended, oldest first.
func (l *Ledger) OwnSessions(ctx context.Context, who Identity) ([]Session, error) {
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return nil, err
	}
	return l.store.Sessions(ctx, who.AccountID, since)
}

// TerminateSession ends a session.
//
// Errors: ErrPermission for anyone but the administrator, ErrNotFound.
func (l *Ledger) TerminateSession(ctx context.Context, who Identity, id string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return err
	}
	return notFoundAs(errNoSession, l.store.DeleteSession(ctx, 0, id, since))
}

// EndOwnSession ends one of the caller's sessions, as signing out does.
//
// Errors: ErrNotFound.
func (l *Ledger) EndOwnSession(ctx context.Context, who Identity, id string) error {
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return err
	}
	return notFoundAs(errNoSession, l.store.DeleteSession(ctx, who.AccountID, id, since))
}

var (
	errNoSession = Errorf(ErrNotFound, "Session does not exist")
	errNoUser    = Errorf(ErrNotFound, "User does not exist") // of any role
)
