package panel_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestKeys(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	b.get("/keys").has(t, http.StatusOK, "No key yet", "127.0.0.1")
	made := b.post("/keys", "login", "jane", "addresses", "127.0.0.1, 2001:db8::1", "description", "<b>the collector")
	made.has(t, http.StatusOK, "not shown again", "2001:db8::1", "&lt;b&gt;the collector", "jane")
	key := regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(made.text)
	if key == nil {
		t.Fatalf("no key:\n%s", main(made.text))
	}
	list := b.get("/keys")
	list.has(t, http.StatusOK, "127.0.0.1, 2001:db8::1")
	list.lacks(t, key[1], "<b>the")

	mine := `<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>`
	if answer := askWithKey(t, s.URL, key[1], mine); !strings.Contains(answer, "jane.example") || strings.Contains(answer, "joe.example") {
		t.Errorf("with the key:\n%s", answer)
	}
	id := regexp.MustCompile(`action="(/keys/[^"]+/delete)"`).FindStringSubmatch(list.text)
	if id == nil {
		t.Fatalf("the key cannot be deleted:\n%s", main(list.text))
	}
	list.has(t, http.StatusOK, "I know that programs with this key are refused from then on")
	b.post(id[1]).has(t, http.StatusUnprocessableEntity, "Nothing was deleted: tick the box first.", "2001:db8::1")
	if answer := askWithKey(t, s.URL, key[1], mine); !strings.Contains(answer, "jane.example") {
		t.Errorf("with the key that was kept:\n%s", answer)
	}
	b.post(id[1], "sure", "yes").has(t, http.StatusOK, "The key was removed.", "No key yet")
	b.post(id[1]).has(t, http.StatusNotFound)
	if answer := askWithKey(t, s.URL, key[1], mine); strings.Contains(answer, "jane.example") {
		t.Errorf("the deleted key works:\n%s", answer)
	}
}

// askWithKey posts a packet to the API with a secret key.
func askWithKey(t *testing.T, url, key, packet string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, url+"/enterprise/control/agent.php", strings.NewReader(packet))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("KEY", key)
	return (&browser{t: t, client: http.DefaultClient}).do(request).text
}

func TestKeysAreRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	b.post("/keys", "login", "nobody", "addresses", "", "description", `"><script>`).
		has(t, http.StatusUnprocessableEntity, "Client does not exist", `value="nobody"`, "&lt;script&gt;", "No key yet")
	b.post("/keys", "login", "jane", "addresses", "127.0.0.1,home", "description", "").
		has(t, http.StatusUnprocessableEntity, "IP addresses: &#34;home&#34; is not", `value="127.0.0.1,home"`)
	for _, login := range []string{"rita", "jane"} {
		other := signedIn(t, s, login)
		other.get("/keys").has(t, http.StatusNotFound)
		other.post("/keys", "login", login).has(t, http.StatusNotFound)
		other.post("/keys/1/delete", "sure", "yes").has(t, http.StatusNotFound)
	}
}
