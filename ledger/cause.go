package ledger

import (
	"context"
	"time"
)

// Cause is who made a change, from where, and when.
type Cause struct {
	User string // login, or systemUser
	Host string // IP address
	Time time.Time
}

type causeKey struct{}

// WithCause notes in a context what causes the changes that a store is asked
// for with it.
func WithCause(ctx context.Context, c Cause) context.Context {
	return context.WithValue(ctx, causeKey{}, c)
}

// systemUser stands for the server where it changes something by itself. No
// account may have it as its login.
const systemUser = "system"

// CauseOf returns the cause that WithCause noted. A change without one comes
// from within: it is the server's own, made on this machine and now.
func CauseOf(ctx context.Context) Cause {
	if c, ok := ctx.Value(causeKey{}).(Cause); ok {
		return c
	}
	return Cause{User: systemUser, Host: fromWithin, Time: time.Now()}
}

// fromWithin is the host of changes that no other machine asked for.
const fromWithin = "127.0.0.1"

// causedBy notes that a change is made by who, now.
func (l *Ledger) causedBy(ctx context.Context, who Identity) context.Context {
	c := Cause{User: who.Login, Host: fromWithin, Time: l.now()}
	if who.Address.IsValid() {
		c.Host = who.Address.String()
	}
	return WithCause(ctx, c)
}
