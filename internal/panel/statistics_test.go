package panel_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestStatistics(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	b.get("/statistics").has(t, http.StatusOK, "Nobody has sent traffic yet", "hostledger traffic set", "--date 2026-05-14", "set_traffic", "/console")
	ask(t, s, oneDay)
	refused := `<packet><webspace><set_traffic><dom_id>987</dom_id><date>2026-05-14</date><smtp_in>1</smtp_in><smtp_out>1</smtp_out>` +
		`<pop3_imap_in>1</pop3_imap_in><pop3_imap_out>1</pop3_imap_out></set_traffic></webspace></packet>`
	request, err := http.NewRequest(http.MethodPost, s.URL+"/enterprise/control/agent.php", strings.NewReader(refused))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("HTTP_AUTH_LOGIN", s.Login)
	request.Header.Set("HTTP_AUTH_PASSWD", s.Password)
	newBrowser(t, s).do(request).has(t, http.StatusOK, "<status>error</status>")
	b.get("/statistics").has(t, http.StatusOK, "admin", "127.0.0.1", "May 14, 2026", "just now", `<td class="number">1</td><td class="number">1</td>`, "domain does not exist")
	signedIn(t, s, "rita").get("/statistics").has(t, http.StatusOK, "Nobody has sent traffic yet")
	signedIn(t, s, "jane").get("/statistics").has(t, http.StatusNotFound)
}
