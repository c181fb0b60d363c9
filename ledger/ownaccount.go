package ledger

import (
	"context"
	"errors"
)

// UpdateOwnContact changes what is known of the caller.
//
// Errors: ErrInvalid, ErrNotFound for an account that is gone.
func (l *Ledger) UpdateOwnContact(ctx context.Context, who Identity, u ContactUpdate) error {
	return l.updateOwn(ctx, who, AccountUpdate{Contact: u})
}

// ChangeOwnPassword replaces the caller's password, once he has proved that he
// knows the present one, and ends all of his sessions: whoever else has come to
// know it is out. Failures count together with those of Login.
//
// Errors: ErrWrongLogin (a *LoginError), ErrLocked and ErrBusy as SignIn, for
// the present password; ErrInvalid for the new one.
func (l *Ledger) ChangeOwnPassword(ctx context.Context, who Identity, present, wanted string) error {
	if err := checkPassword(wanted); err != nil {
		return err
	}
	if _, err := l.prove(ctx, credentials{who.Login, present, sourceOf(who.Address)}); err != nil {
		return err
	}
	if err := l.updateOwn(ctx, who, AccountUpdate{Password: &wanted}); err != nil {
		return err
	}
	return l.endOwnSessions(ctx, who)
}

// updateOwn changes the caller's account by the rules of his role.
func (l *Ledger) updateOwn(ctx context.Context, who Identity, u AccountUpdate) error {
	switch who.Role {
	case RoleAdmin:
		return l.UpdateServer(ctx, who, ServerUpdate{Contact: u.Contact, Password: u.Password})
	case RoleReseller:
		return l.UpdateReseller(ctx, who, who.AccountID, ResellerUpdate{AccountUpdate: u})
	}
	return l.UpdateCustomer(ctx, who, who.AccountID, u)
}

func (l *Ledger) endOwnSessions(ctx context.Context, who Identity) error {
	sessions, err := l.OwnSessions(ctx, who)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if err := l.EndOwnSession(ctx, who, s.ID); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}
