package xmlapi

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/hostledger/hostledger/ledger"
)

// serverCreateSession makes a session of the control panel, whose id lets its
// user in without a password.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-plesk-server/creating-session-tokens.73865/
var serverCreateSession = register("server", "create_session", everyone,
	func(n *createSessionRequest, r *Reader) {
		n.session.Login = r.String("login")
		if r.Next("data") && r.Enter("data") {
			n.sessionData(r)
			r.Leave()
		}
	},
	func(c *Call, n *createSessionRequest) {
		id, err := n.create(c)
		c.result(Result{Err: err}, func() { c.w.Text("id", id) })
	})

type createSessionRequest struct {
	userIP  *string
	session ledger.NewSession
}

// sessionData reads what a session begins with. What has to do with the looks
// of another panel is not kept.
func (n *createSessionRequest) sessionData(r *Reader) {
	n.userIP = new(r.plain("user_ip"))
	r.skipStrings("c_email", "c_phone")
	n.session.StartingURL = orEmpty(optional(r, "starting_url", r.plain))
	r.String("source_server")
	r.skipStrings("navigation", "pathbar", "logo_img_url", "logo_img_ref")
	n.session.Locale = orEmpty(optional(r, "locale_id", r.plain))
	r.skipStrings("skin", "domain_name", "disable_lock_screen", "max_button_length")
	n.session.BackURL = orEmpty(optional(r, "back_url", r.plain))
}

func (n *createSessionRequest) create(c *Call) (id string, err error) {
	if n.userIP != nil {
		if n.session.Address, err = ledger.ParseIP("user_ip", *n.userIP); err != nil {
			return "", err
		}
	}
	return c.api.Ledger.CreateSession(c, c.who, n.session)
}

// skipStrings reads optional elements of type string.
func (r *Reader) skipStrings(names ...string) {
	for _, name := range names {
		r.OptString(name)
	}
}

// plain reads a string that clients send as it is or in base64.
func (r *Reader) plain(name string) string {
	text := r.String(name)
	decoded, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil || !utf8.Valid(decoded) {
		return text
	}
	return string(decoded)
}
