package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Ledger is the domain's rules over a store. It is safe for concurrent use.
type Ledger struct {
	store      Store
	now        func() time.Time
	random     io.Reader
	passwords  passwords
	remembered *remembered
	queue      loginQueue
	unchecked  siteSet // sites whose traffic may have passed a limit
	lockout    lockout
	sources    trafficSources
	overused   func()
}

// Options are what a Ledger needs besides a store.
type Options struct {
	Now    func() time.Time // the clock; its zone decides what "today" is
	Random io.Reader        // source of guids, keys and salts, safe for concurrent use
	// WeakPasswords hashes passwords at next to no cost, for tests only.
	WeakPasswords bool
	// Overused is called for each subscription that is found to have used more
	// than its limit of traffic; nil: nobody wants to know.
	Overused func()
}

// New returns a ledger over a store.
func New(store Store, o Options) *Ledger {
	l := &Ledger{
		store: store, now: o.Now, random: o.Random,
		passwords: newPasswords(o.Random, o.WeakPasswords), remembered: newRemembered(o.Random),
		lockout: lockout{tracked: map[party]*failures{}}, overused: o.Overused,
	}
	if l.overused == nil {
		l.overused = func() {}
	}
	l.unchecked.addAll()
	return l
}

// Today returns the civil date of the ledger's clock.
func (l *Ledger) Today() Date { return DateOf(l.now()) }

// Now returns the time of the ledger's clock, in the server's zone.
func (l *Ledger) Now() time.Time { return l.now() }

// Setup is what a store that is new gets.
type Setup struct {
	Admin         Identity      // the administrator, who sets it up
	AdminPassword func() string // asked for when he is created
	IPs           []IPAddress
	Fill          func(context.Context) error // adds what the ledger begins with; may be nil
}

// Values of the installation that stores know of.
const (
	// MetaServerGUID names the installation; it is there when set-up is complete.
	MetaServerGUID = "server_guid"
	// MetaCopy is there while the ledger is an unfinished copy of another one.
	MetaCopy = "copy"
)

// Initialize fills a new store: the administrator, the standard plans, the
// host's addresses, and what Setup.Fill adds. On a store that was filled to the
// end it does nothing.
//
// Errors: ErrInvalid for an administrator's password that cannot be, ErrFailed
// for a store whose filling was interrupted or that is an unfinished copy, and
// those of Setup.Fill.
func (l *Ledger) Initialize(ctx context.Context, s Setup) error {
	isFilled, err := l.isFilled(ctx)
	if err != nil || isFilled {
		return err
	}
	ctx = l.causedBy(ctx, s.Admin)
	if err := l.addAdmin(ctx, s.Admin.Login, s.AdminPassword()); err != nil {
		return err
	}
	if err := l.addStandardPlans(ctx); err != nil {
		return fmt.Errorf("adding the standard plans: %w", err)
	}
	for _, ip := range s.IPs {
		if err := l.store.AddIPAddress(ctx, ip); err != nil && !errors.Is(err, ErrExists) {
			return fmt.Errorf("adding IP address %s: %w", ip.Address, err)
		}
	}
	if s.Fill != nil {
		if err := s.Fill(ctx); err != nil {
			return err
		}
	}
	return l.store.SetMeta(ctx, MetaServerGUID, l.newGUID())
}

// isFilled tells whether the store was filled to the end. It fails for one that
// is neither filled nor new.
func (l *Ledger) isFilled(ctx context.Context) (bool, error) {
	guid, err := l.store.Meta(ctx, MetaServerGUID)
	if err != nil || guid != "" {
		return true, err
	}
	copying, err := l.store.Meta(ctx, MetaCopy)
	if err != nil {
		return false, err
	}
	if copying != "" {
		return false, Errorf(ErrFailed, "the ledger is a copy that is not complete: "+
			"give the command hostledger copy again, which goes on where it was interrupted")
	}
	begun, err := l.store.ServerStatistics(ctx)
	if err != nil {
		return false, err
	}
	accounts, err := l.store.AccountIDs(ctx, Everything, 0, Selector{By: ByAll})
	if err == nil && (begun.Sites > 0 || len(accounts) > 1) {
		err = Errorf(ErrFailed, "an earlier first start did not get to the end of its fixtures: "+
			"remove the folder, or empty the database, and start again")
	}
	return false, err
}

func (l *Ledger) addAdmin(ctx context.Context, login, password string) error {
	if err := checkPassword(password); err != nil {
		return fmt.Errorf("the administrator's password: %w", err)
	}
	hash, err := l.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	admin := &Account{
		ID: AdminID, GUID: l.newGUID(), Role: RoleAdmin, Login: login, PasswordHash: hash, Created: l.Today(),
		Contact: Contact{Name: "Administrator", Email: "admin@localhost"},
	}
	err = l.store.AddAccount(ctx, admin, nil)
	if errors.Is(err, ErrExists) {
		// An earlier start was interrupted after this step; the password given now holds.
		return l.store.UpdateAccount(ctx, AdminID, func(a *Account) error {
			a.PasswordHash = hash
			return nil
		})
	}
	return err
}

// ServerGUID returns the guid of this installation.
func (l *Ledger) ServerGUID(ctx context.Context) (string, error) {
	return l.store.Meta(ctx, MetaServerGUID)
}

// Admin returns the administrator's account.
func (l *Ledger) Admin(ctx context.Context) (*Account, error) { return l.account(ctx, AdminID) }

// SetAdminPassword replaces the administrator's password.
//
// Errors: ErrPermission for anyone but the administrator, ErrInvalid for a
// password that is too short or too long.
func (l *Ledger) SetAdminPassword(ctx context.Context, who Identity, password string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	hash, err := l.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	err = l.store.UpdateAccount(l.causedBy(ctx, who), AdminID, func(a *Account) error {
		a.PasswordHash = hash
		return nil
	})
	l.remembered.forget()
	return err
}

// notFoundAs gives ErrNotFound from a store the sentence of its object.
func notFoundAs(missing, err error) error {
	if told := (*Error)(nil); errors.Is(err, ErrNotFound) && !errors.As(err, &told) {
		return missing
	}
	return err
}
