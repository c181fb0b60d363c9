package httpd

import (
	"errors"
	"log/slog"
	"net/http"

	"golang.org/x/time/rate"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// Refusals tells the host who was refused, but not more often than somebody
// could read: whoever guesses passwords must not fill the disk.
type Refusals struct {
	log    *slog.Logger
	locked func(all bool)
	often  *rate.Limiter
}

// NewRefusals returns Refusals that call locked for every lock of a login that
// begins, or of all logins from an address.
func NewRefusals(log *slog.Logger, locked func(all bool)) *Refusals {
	return &Refusals{log: log, locked: locked, often: rate.NewLimiter(10, 100)}
}

// Refused is a request that was refused for its credentials.
type Refused struct {
	Request string // the id under which the log knows the request; "" for none
	Method  string // login, key, panel or session
	Login   string // as it was given
	Err     error
}

// Log writes a refusal to the log. Of a lock it tells the beginning, and of
// those refused while it lasts nothing.
func (f *Refusals) Log(r *http.Request, refused Refused) {
	err := refused.Err
	if errors.Is(err, xmlapi.ErrNoAuthMethod) || errors.Is(err, ledger.ErrLocked) {
		return
	}
	log, login := f.log, knownLogin(refused.Login, err)
	if refused.Request != "" {
		log = log.With("request", refused.Request)
	}
	if f.often.Allow() {
		log.WarnContext(r.Context(), "credentials refused", "remote", r.RemoteAddr,
			"method", refused.Method, "login", login, "reason", err)
	}
	var failed *ledger.LoginError
	if errors.As(err, &failed) && failed.LockedFor > 0 {
		f.locked(failed.LocksAll)
		log.WarnContext(r.Context(), "login locked", "remote", r.RemoteAddr,
			"login", login, "for", failed.LockedFor, "all_logins", failed.LocksAll)
	}
}

// knownLogin returns the login of a refused request if there is such an
// account. Others are not for the log: people mistake the fields, and what was
// meant for the password stands in the login.
func knownLogin(login string, err error) string {
	var failed *ledger.LoginError
	if errors.As(err, &failed) && failed.Known || errors.Is(err, ledger.ErrDisabled) || errors.Is(err, ledger.ErrPermission) {
		return login
	}
	return ""
}
