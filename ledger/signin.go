package ledger

import (
	"context"
	"net/netip"
	"time"
)

// SignIn begins a session of the control panel with a login and a password, and
// returns the secret for the cookie of the browser. The session has the locale
// if that is an enabled one of this server.
//
// Failures count together with those of Login, and passwords wait with those;
// what was verified before is not remembered here. A reseller needs no
// permission to use the API.
//
// Errors: ErrWrongLogin (a *LoginError), ErrLocked, ErrDisabled for an account
// that is out of service, ErrPermission for a reseller who may not use the
// panel, ErrBusy when too many passwords from that address wait
// to be checked.
func (l *Ledger) SignIn(ctx context.Context, login, password string, from netip.Addr, locale string) (cookie string, s *Session, err error) {
	a, err := l.prove(ctx, credentials{login, password, sourceOf(from)})
	if err != nil {
		return "", nil, err
	}
	if err := a.mayUsePanel(); err != nil {
		return "", nil, err
	}
	isEnabled, err := l.isEnabledLocale(ctx, locale)
	if err != nil {
		return "", nil, err
	}
	if !isEnabled {
		locale = ""
	}
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return "", nil, err
	}
	cookie, now := l.newToken(), l.now()
	s = &Session{
		ID: l.newToken(), CookieHash: hashKey(cookie), AccountID: a.ID, Login: a.Login, Role: a.Role,
		Address: from, Created: now, Used: now, Locale: locale,
	}
	return cookie, s, l.store.AddSession(ctx, s, since)
}

// mayUsePanel tells why an account gets no session, or nil.
func (a *Account) mayUsePanel() error {
	switch {
	case a.EffectiveStatus() != StatusActive:
		return errDisabled
	case a.Role == RoleReseller && !a.may(panelAccess):
		return errPermission
	}
	return nil
}

// prove returns the account of a login whose password is right.
func (l *Ledger) prove(ctx context.Context, c credentials) (*Account, error) {
	if c.login == "" {
		return nil, errWrongLogin
	}
	if err := l.lockout.check(c.source, c.login, l.now()); err != nil {
		return nil, err
	}
	leave, err := l.queue.enter(c.source)
	if err != nil {
		return nil, err
	}
	defer leave()
	// A check that was cut short would count as failed.
	ctx = context.WithoutCancel(ctx)
	a, err := l.accountByLogin(ctx, c.login)
	if err != nil {
		return nil, err
	}
	return a, l.checkPassword(ctx, c, a)
}

// OpenSession turns the id that CreateSession gave into a session of a browser,
// once, and returns the secret for its cookie.
//
// Errors: ErrNotFound for a session that has ended, was opened already, or is
// for another address than from: with IPv6, for another /64.
func (l *Ledger) OpenSession(ctx context.Context, id string, from netip.Addr) (cookie string, s *Session, err error) {
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return "", nil, err
	}
	if !isToken(id) {
		return "", nil, errNoSession // and not every store takes any text
	}
	cookie = l.newToken()
	err = l.store.UpdateSession(ctx, id, since, func(found *Session) error {
		if found.CookieHash != "" || sourceOf(found.Address) != sourceOf(from) {
			return errNoSession
		}
		found.CookieHash, found.Address, found.Used = hashKey(cookie), from, l.now()
		s = found
		return nil
	})
	if err != nil {
		return "", nil, notFoundAs(errNoSession, err)
	}
	return cookie, s, nil
}

// usesNoted is how long a session is used before that is noted again.
const usesNoted = time.Minute

// UseSession returns the session of a cookie and notes, at most once a minute,
// that it is used, and from where.
//
// Errors: ErrNotFound for one that has ended or never began.
func (l *Ledger) UseSession(ctx context.Context, cookie string, from netip.Addr) (*Session, error) {
	since, err := l.sessionsSince(ctx)
	if err != nil {
		return nil, err
	}
	s, err := l.store.SessionByCookie(ctx, hashKey(cookie), since)
	if err != nil {
		return nil, notFoundAs(errNoSession, err)
	}
	now := l.now()
	if now.Sub(s.Used) < usesNoted {
		return s, nil
	}
	err = l.store.UpdateSession(ctx, s.ID, since, func(found *Session) error {
		found.Address, found.Used = from, now
		s = found
		return nil
	})
	if err != nil {
		return nil, notFoundAs(errNoSession, err)
	}
	return s, nil
}
