package panel

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// sessionList is a page of sessions, those used last first.
type sessionList struct {
	Sessions []sessionRow
	Pages    pages
	All      bool // and not only one's own
}

// sessionRow is a session without what would open it.
type sessionRow struct {
	ledger.Session
	Name      string // stands for it in forms
	IsCurrent bool
	IsOpen    bool   // in some browser
	Ago       string // when it was used last
}

func sessionsPage(v *visit) error {
	sessions, err := v.sessions()
	if err != nil {
		return err
	}
	slices.Reverse(sessions)
	slices.SortStableFunc(sessions, func(a, b ledger.Session) int { return b.Used.Compare(a.Used) })
	asked, now := v.listing(), v.Ledger.Now()
	list := sessionList{Pages: v.pagesOf(asked, len(sessions)), All: v.who.Role == ledger.RoleAdmin}
	for _, s := range sessions[min(asked.Offset, len(sessions)):min(asked.Offset+asked.Limit, len(sessions))] {
		row := sessionRow{Session: s, Name: sessionName(s.ID), IsCurrent: s.ID == v.session.ID, IsOpen: s.CookieHash != "", Ago: v.reader.Ago(now, s.Used)}
		row.ID, row.CookieHash = "", ""
		list.Sessions = append(list.Sessions, row)
	}
	return v.show(view{template: "sessions", title: "Sessions", data: list})
}

// sessions returns those that the one who reads may end.
func (v *visit) sessions() ([]ledger.Session, error) {
	if v.who.Role == ledger.RoleAdmin {
		return v.Ledger.Sessions(v.r.Context(), v.who)
	}
	return v.Ledger.OwnSessions(v.r.Context(), v.who)
}

// sessionName names a session in a page. Its id would open it.
func sessionName(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:8])
}

// endSession ends a session, which may be the one that asks for it.
func endSession(v *visit) error {
	sessions, err := v.sessions()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sessions, func(s ledger.Session) bool { return sessionName(s.ID) == v.value("session") })
	if i < 0 {
		return errNoPage
	}
	end := v.Ledger.EndOwnSession
	if v.who.Role == ledger.RoleAdmin {
		end = v.Ledger.TerminateSession
	}
	if err := end(v.r.Context(), v.who, sessions[i].ID); err != nil {
		return err
	}
	if sessions[i].ID == v.session.ID {
		setCookie(v.w, v.r, "")
		return v.redirect(loginPath)
	}
	return v.done("/sessions", "session")
}
