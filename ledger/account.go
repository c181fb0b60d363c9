package ledger

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AdminID is the id of the administrator's account, which always exists.
const AdminID int64 = 1

// Account is a user of the ledger: the administrator, a reseller or a customer.
type Account struct {
	ID           int64
	GUID         string
	Role         Role
	OwnerID      int64 // 0 for the administrator
	OwnerLogin   string
	OwnerRole    Role
	OwnerGUID    string
	OwnerStatus  Status
	Login        string
	PasswordHash string // argon2id in PHC form; never leaves the ledger
	Created      Date
	Status       Status
	Contact      Contact
	ExternalID   string // the id in the host's billing system
	Description  string
	Reseller     ResellerSettings // of a reseller, what he does not have from his plan; see ResellerSettings
	Plan         *Plan            // of a reseller; nil: none
	Locked       bool             // customised, so changes of the plan do not reach the reseller
}

// EffectiveStatus is the status with the bit for a suspended owner.
func (a *Account) EffectiveStatus() Status { return effective(a.Status, a.OwnerStatus) }

// Contact is what is known of the person behind an account. All of it is free
// text of at most 255 characters.
type Contact struct {
	Company, Name, Phone, Fax, Email, Address, City, State, PostalCode string
	Country                                                            string // two letters, ISO 3166-1
	Locale                                                             string // one that was enabled when it was chosen; empty: none
}

// NewAccount is what an account of any role needs.
type NewAccount struct {
	Login, Password string
	Status          *Status
	Contact         Contact
	ExternalID      string
	Description     string
}

// NewCustomer is what AddCustomer needs. Owner nil means the caller.
type NewCustomer struct {
	NewAccount
	Owner *Selector
}

// AccountUpdate changes an account; nil leaves a field as it is.
type AccountUpdate struct {
	Login, Password, ExternalID, Description *string
	Status                                   *Status
	Contact                                  ContactUpdate
	NewGUID                                  bool
}

// ContactUpdate changes a Contact; nil leaves a field as it is.
type ContactUpdate struct {
	Company, Name, Phone, Fax, Email, Address, City, State, PostalCode, Country, Locale *string
}

func (u ContactUpdate) apply(c *Contact) {
	for _, field := range []struct {
		to   *string
		from *string
	}{
		{&c.Company, u.Company}, {&c.Name, u.Name}, {&c.Phone, u.Phone}, {&c.Fax, u.Fax},
		{&c.Email, u.Email}, {&c.Address, u.Address}, {&c.City, u.City}, {&c.State, u.State},
		{&c.PostalCode, u.PostalCode}, {&c.Country, u.Country}, {&c.Locale, u.Locale},
	} {
		set(field.to, field.from)
	}
}

// AddCustomer creates a customer account.
//
// Errors: ErrPermission for a customer, or a reseller without the permission
// create_clients, who calls, ErrInvalid for a login, password or contact that
// cannot be, ErrOwnerNotFound, ErrLimit when max_cl of the reseller who gets
// the customer is reached, ErrExists for a login that is taken.
func (l *Ledger) AddCustomer(ctx context.Context, who Identity, n NewCustomer) (*Account, error) {
	if !who.isProvider() {
		return nil, errPermission
	}
	if err := l.checkReseller(ctx, who, createClients); err != nil {
		return nil, err
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	owner, err := l.ownerOf(ctx, who, n.Owner)
	if err != nil {
		return nil, err
	}
	if owner.Role == RoleCustomer {
		return nil, errOwnerNotFound
	}
	a := &Account{Role: RoleCustomer, OwnerID: owner.ID, OwnerLogin: owner.Login, OwnerRole: owner.Role, OwnerGUID: owner.GUID}
	if err := l.addAccount(ctx, who, a, n.NewAccount, admitCustomer); err != nil {
		if errors.Is(err, ErrExists) {
			return nil, Errorf(ErrExists, "User account %s already exists.", n.Login)
		}
		return nil, err
	}
	return a, nil
}

func (n NewAccount) check() error {
	if err := checkAccount(n.Login, n.Contact); err != nil {
		return err
	}
	if err := checkReserved(n.Login); err != nil {
		return err
	}
	return checkPassword(n.Password)
}

// addAccount keeps a new account whose role, owner and settings are known and
// whose other values were checked.
func (l *Ledger) addAccount(ctx context.Context, who Identity, a *Account, n NewAccount, admit Admit) (err error) {
	if err := l.checkLocale(ctx, "locale", n.Contact.Locale); err != nil {
		return err
	}
	a.GUID, a.Created = l.newGUID(), l.Today()
	a.Login, a.Contact, a.ExternalID, a.Description = n.Login, n.Contact, n.ExternalID, n.Description
	if n.Status != nil {
		if a.Status, err = a.Status.change(who.Role, *n.Status); err != nil {
			return err
		}
	}
	if a.PasswordHash, err = l.passwords.hash(ctx, n.Password); err != nil {
		return err
	}
	return l.store.AddAccount(l.causedBy(ctx, who), a, admit)
}

// FindCustomers returns what each value of a filter selects of the customers
// that the caller may see.
func (l *Ledger) FindCustomers(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoCustomer, func(s Selector) ([]int64, error) {
		return l.store.AccountIDs(ctx, who.Scope(), RoleCustomer, s)
	})
}

// Accounts returns the accounts with the given ids, in that order. Ids come
// from FindCustomers, which has looked at who may see them.
func (l *Ledger) Accounts(ctx context.Context, ids []int64) ([]Account, error) {
	return l.store.Accounts(ctx, ids)
}

// UpdateCustomer changes a customer that FindCustomers returned. A customer
// may change his own contact and password, and nothing else: the description
// is the provider's.
//
// Errors: ErrPermission, ErrInvalid, ErrStatus, ErrExists for a login that is
// taken, ErrNotFound for an account that is gone.
func (l *Ledger) UpdateCustomer(ctx context.Context, who Identity, id int64, u AccountUpdate) error {
	if !who.isProvider() && (u.Login != nil || u.ExternalID != nil || u.Description != nil || u.Status != nil || u.NewGUID) {
		return errPermission
	}
	err := l.updateAccount(ctx, who, id, u, func(*Account) error { return nil })
	if errors.Is(err, ErrExists) && u.Login != nil {
		return Errorf(ErrExists, "User account %s already exists.", *u.Login)
	}
	return notFoundAs(ErrNoCustomer, err)
}

// updateAccount changes an account, in rest what only accounts of its role have.
func (l *Ledger) updateAccount(ctx context.Context, who Identity, id int64, u AccountUpdate, rest func(*Account) error) error {
	if u.Login != nil {
		if err := checkReserved(*u.Login); err != nil {
			return err
		}
	}
	var passwordHash string
	if u.Password != nil {
		if err := checkPassword(*u.Password); err != nil {
			return err
		}
		var err error
		if passwordHash, err = l.passwords.hash(ctx, *u.Password); err != nil {
			return err
		}
	}
	var noLocale error // why the locale can only be kept
	if u.Contact.Locale != nil {
		noLocale = l.checkLocale(ctx, "locale", *u.Contact.Locale)
	}
	err := l.store.UpdateAccount(l.causedBy(ctx, who), id, func(a *Account) error {
		had := a.Contact.Locale
		set(&a.Login, u.Login)
		set(&a.ExternalID, u.ExternalID)
		set(&a.Description, u.Description)
		u.Contact.apply(&a.Contact)
		if noLocale != nil && a.Contact.Locale != had {
			return noLocale
		}
		if passwordHash != "" {
			a.PasswordHash = passwordHash
		}
		if u.NewGUID {
			a.GUID = l.newGUID()
		}
		if u.Status != nil {
			var err error
			if a.Status, err = a.Status.change(who.Role, *u.Status); err != nil {
				return err
			}
		}
		if err := rest(a); err != nil {
			return err
		}
		return checkAccount(a.Login, a.Contact)
	})
	l.remembered.forget()
	return err
}

// DeleteCustomer removes a customer with his subscriptions, their traffic and
// billing information, and his secret keys.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound.
func (l *Ledger) DeleteCustomer(ctx context.Context, who Identity, id int64) error {
	if !who.isProvider() {
		return errPermission
	}
	err := l.store.DeleteAccount(l.causedBy(ctx, who), id)
	l.remembered.forget()
	return notFoundAs(ErrNoCustomer, err)
}

// ownerOf returns the account that a new object belongs to: the one selected,
// which the caller must be able to see, or the caller.
func (l *Ledger) ownerOf(ctx context.Context, who Identity, s *Selector) (*Account, error) {
	if s == nil {
		return l.account(ctx, who.AccountID)
	}
	ids, err := l.store.AccountIDs(ctx, who.Scope(), 0, *s)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, errOwnerNotFound
	}
	return l.account(ctx, ids[0])
}

func (l *Ledger) account(ctx context.Context, id int64) (*Account, error) {
	found, err := l.store.Accounts(ctx, []int64{id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errOwnerNotFound
	}
	return &found[0], nil
}

func checkAccount(login string, c Contact) error {
	if login == "" || utf8.RuneCountInString(login) > 60 || strings.ContainsAny(login, " \t\n/\\:<>\"'&") || strings.ContainsFunc(login, isInvisible) {
		return Errorf(ErrInvalid, "login: expected 1 to 60 characters without spaces, slashes, colons and quotes.")
	}
	if c.Name == "" {
		return Errorf(ErrInvalid, "pname: expected the name of a person.")
	}
	if c.Email != "" && (!strings.Contains(c.Email, "@") || strings.ContainsAny(c.Email, " <>")) {
		return Errorf(ErrInvalid, "email: expected an address such as name@example.com.")
	}
	if c.Country != "" && len(c.Country) != 2 {
		return Errorf(ErrInvalid, "country: expected two letters (ISO 3166-1), such as US.")
	}
	for _, text := range []string{c.Company, c.Name, c.Phone, c.Fax, c.Email, c.Address, c.City, c.State, c.PostalCode, c.Locale} {
		if utf8.RuneCountInString(text) > 255 {
			return Errorf(ErrInvalid, "The contact information must not be longer than 255 characters a field.")
		}
	}
	return nil
}

// checkReserved refuses the login that no account may get. One that had it
// before it was reserved keeps it.
func checkReserved(login string) error {
	if strings.EqualFold(login, systemUser) {
		return Errorf(ErrInvalid, "login: \"%s\" is what the journal calls the server itself.", systemUser)
	}
	return nil
}

// checkPassword keeps to the protocol's own bounds for passwords, and to what
// an HTTP header can carry.
func checkPassword(password string) error {
	n := utf8.RuneCountInString(password)
	isControl := strings.ContainsFunc(password, unicode.IsControl)
	if n < 5 || n > 255 || isControl || strings.Trim(password, " ") != password {
		return Errorf(ErrInvalid, "passwd: expected 5 to 255 characters, without control characters and without blanks at the ends.")
	}
	return nil
}

// isInvisible tells whether a character could not be seen in a login.
func isInvisible(c rune) bool { return !unicode.IsGraphic(c) }

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
