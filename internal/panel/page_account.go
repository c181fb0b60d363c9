package panel

import (
	"errors"
	"net/http"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/ledger"
)

// accountPage is where people change what is known of themselves, and their
// password.
func accountPage(v *visit) error {
	values := contactValues(v.account.Contact)
	switch {
	case v.r.Method != http.MethodPost:
		return v.showAccount(values, nil)
	case v.value("change") == "password":
		return v.changePassword()
	}
	form := contactForm{form: values.filledIn(v.posted())}
	if err := v.Ledger.UpdateOwnContact(v.r.Context(), v.who, form.contactUpdate()); err != nil {
		return v.showAccount(form.form, err)
	}
	return v.done("/account", "account")
}

// showAccount shows the page, and why what was typed there was refused.
func (v *visit) showAccount(values form, refusal error) error {
	form, err := v.contactForm(values)
	if err != nil {
		return err
	}
	form.IsOwn = true
	page := view{template: "account", title: "Your account", data: form}
	if refusal != nil {
		return v.again(page, refusal)
	}
	return v.show(page)
}

// changePassword ends this session with all others, so it leads to the login.
func (v *visit) changePassword() error {
	if v.value("new-password") != v.value("repeated") {
		return v.showAccount(contactValues(v.account.Contact), ledger.Errorf(ledger.ErrInvalid, "The new password was not typed the same way twice."))
	}
	err := v.Ledger.ChangeOwnPassword(v.r.Context(), v.who, v.value("password"), v.value("new-password"))
	if errors.Is(err, ledger.ErrWrongLogin) || errors.Is(err, ledger.ErrLocked) || errors.Is(err, ledger.ErrBusy) {
		v.Refusals.Log(v.r, httpd.Refused{Method: "panel", Login: v.who.Login, Err: err})
	}
	if errors.Is(err, ledger.ErrWrongLogin) {
		err = ledger.Errorf(ledger.ErrInvalid, "The present password is not right. Please type it again.")
	}
	if err != nil {
		return v.showAccount(contactValues(v.account.Contact), err)
	}
	setCookie(v.w, v.r, "")
	return v.done(loginPath, "password")
}
