package httpd_test

import (
	"strings"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
)

const (
	noMethod      = "Authentication method is not specified"
	wrongPassword = "You have entered incorrect username or password."
	keyNotFound   = "PleskAPIInvalidSecretKeyException : key is not found"
	keyMisused    = "PleskAPIInvalidSecretKeyException : Invalid secret key usage. Please check logs for details."
	cannotParse   = "Parser error: Cannot parse the XML from the source specified"
	disabled      = "The account is disabled."
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create/></secret_key></packet>`), "key")
	elsewhere := element(t, post(t, s, admin(s),
		`<packet><secret_key><create><ip_address>192.0.2.1</ip_address></create></secret_key></packet>`), "key")
	const basic = "Basic YWRtaW46c2V0dXAtUGE1NXdvcmQ=" // the administrator's
	for _, test := range []struct {
		name    string
		headers headers
		code    int
		text    string
	}{
		{"none", nil, 1029, noMethod},
		{"basic only", headers{"Authorization": basic}, 1029, noMethod},
		{"empty login and password", headers{"HTTP_AUTH_LOGIN": "", "HTTP_AUTH_PASSWD": ""}, 1029, noMethod},
		{"empty key", headers{"KEY": ""}, 1029, noMethod},
		{"login and password", admin(s), 0, ""},
		{"names in lower case", headers{"http_auth_login": s.Login, "http_auth_passwd": s.Password}, 0, ""},
		{"names in Go's case", headers{"Http_auth_login": s.Login, "Http_auth_passwd": s.Password}, 0, ""},
		{"login alone", headers{"HTTP_AUTH_LOGIN": s.Login}, 1001, wrongPassword},
		{"password alone", headers{"HTTP_AUTH_PASSWD": s.Password}, 1001, wrongPassword},
		{"wrong password", headers{"HTTP_AUTH_LOGIN": s.Login, "HTTP_AUTH_PASSWD": s.Password + "x"}, 1001, wrongPassword},
		{"unknown login", headers{"HTTP_AUTH_LOGIN": "nobody", "HTTP_AUTH_PASSWD": s.Password}, 1001, wrongPassword},
		{"login in another case", headers{"HTTP_AUTH_LOGIN": "Admin", "HTTP_AUTH_PASSWD": s.Password}, 1001, wrongPassword},
		{"login and password of different accounts", headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": s.Password}, 1001, wrongPassword},
		{"customer", headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}, 0, ""},
		{"basic besides", admin(s).with("Authorization", "Basic bm9ib2R5Om5vdGhpbmc="), 0, ""},
		{"empty key besides", admin(s).with("KEY", ""), 0, ""},
		{"key", headers{"KEY": key}, 0, ""},
		{"key in lower case", headers{"key": key}, 0, ""},
		{"key and a wrong password", headers{"KEY": key, "HTTP_AUTH_LOGIN": s.Login, "HTTP_AUTH_PASSWD": "wrong"}, 0, ""},
		{"unknown key", headers{"KEY": "1e4cb126-0000-4000-8000-81b34c7f8050"}, 11003, keyNotFound},
		{"unknown key and a good password", admin(s).with("KEY", "x"), 11003, keyNotFound},
		{"key from another address", headers{"KEY": elsewhere}, 11003, keyMisused},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantRefused(t, post(t, s, test.headers, protos), test.code, test.text)
		})
	}
}

func TestKeyActsAsItsLogin(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create><login>jane</login></create></secret_key></packet>`), "key")
	answer := post(t, s, headers{"KEY": key}, `<packet><customer><get><filter/><dataset><gen_info/></dataset></get></customer></packet>`)
	if login := element(t, answer, "login"); login != "jane" {
		t.Errorf("the key of jane sees %s", login)
	}
	answer = post(t, s, headers{"KEY": key}, `<packet><secret_key><get_info><filter/></get_info></secret_key></packet>`)
	if code := element(t, answer, "errcode"); code != "1006" {
		t.Errorf("the key of a customer lists the secret keys: %s", answer)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	unsupported := func(version string) string {
		return "Protocol version '" + version + "' is not supported. Current protocol version is '1.6.9.1'"
	}
	for _, test := range []struct {
		attribute string
		answered  string
		supported bool
	}{
		{``, "1.6.9.1", true},
		{`version=""`, "1.6.9.1", true},
		{`version="1.6.9.1"`, "1.6.9.1", true},
		{`version="1.6.3.0"`, "1.6.3.0", true},
		{`version="1.6.3.5"`, "1.6.3.5", true},
		{`version ='1.6.8.0'`, "1.6.8.0", true},
		{`version="1.6"`, "1.6", true},
		{`version="1.6.5"`, "1.6.5", true},
		{`version="1.4.2.0"`, "1.4.2.0", true},
		{`version="1.0.0.0"`, "1.0.0.0", true},
		{`version="1.6.9.2"`, "1.6.9.2", false},
		{`version="1.6.10.0"`, "1.6.10.0", false},
		{`version="1.7"`, "1.7", false},
		{`version="100.0.0"`, "100.0.0", false},
		{`version="1.6."`, "1.6.", false},
		{`version="1.6.3.0.0"`, "1.6.3.0.0", false},
		{`version="newest"`, "newest", false},
		{`version="&lt;1.6&gt; &quot;x&quot;"`, `<1.6> "x"`, false},
	} {
		t.Run(test.attribute, func(t *testing.T) {
			answer := post(t, s, admin(s), `<packet `+test.attribute+`><server><get_protos/></server></packet>`)
			got := read(t, answer)
			want := refusal{version: test.answered}
			if !test.supported {
				want = refusal{test.answered, 1005, unsupported(test.answered)}
			}
			if got != want {
				t.Errorf("answer %+v, want %+v", got, want)
			}
		})
	}
}

// In the versions before 1.6.3.0 the operators had other names, by which they
// are answered.
func TestOlderOperatorNames(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	const body = `<client><get><filter/><dataset/></get></client><domain><get><filter/><dataset/></get></domain><webspace><get><filter/><dataset/></get></webspace>`
	answer := post(t, s, admin(s), `<packet version="1.4.2.0">`+body+`</packet>`)
	const want = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<packet version="1.4.2.0">` +
		`<client><get><result><status>ok</status><filter-id>2</filter-id><id>2</id><data/></result></get></client>` +
		`<domain><get><result><status>ok</status><filter-id>1</filter-id><id>1</id><data/></result></get></domain>` +
		`<webspace><get><result><status>ok</status><filter-id>1</filter-id><id>1</id><data/></result></get></webspace></packet>` + "\n"
	if answer != want {
		t.Errorf("answer %s\nwant %s", answer, want)
	}
	for _, newer := range []string{``, ` version="1.6.3.0"`, ` version="1.6"`} {
		refused := read(t, post(t, s, admin(s), `<packet`+newer+`>`+body+`</packet>`))
		if refused.code != 1014 || !strings.Contains(refused.text, "Element 'client': This element is not expected.") {
			t.Errorf("%q knows the older names: %+v", newer, refused)
		}
	}
}

// The checks come in the protocol's order: version, credentials, validity.
func TestFirstCheckThatFailsIsTheAnswer(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	wrong := headers{"HTTP_AUTH_LOGIN": s.Login, "HTTP_AUTH_PASSWD": "wrong"}
	const (
		badVersion = "Protocol version '9' is not supported. Current protocol version is '1.6.9.1'"
		invalid    = "Parser error: Request is invalid. Error in line 1: Element 'nonsense': No matching global declaration available for the validation root."
	)
	for _, test := range []struct {
		name    string
		headers headers
		packet  string
		code    int
		text    string
	}{
		{"version before credentials", nil, `<packet version="9"><server><get_protos/></server></packet>`, 1005, badVersion},
		{"version before a wrong password", wrong, `<packet version="9"/>`, 1005, badVersion},
		{"version before validity", admin(s), `<packet version="9"/>`, 1005, badVersion},
		{"version before what is malformed later", admin(s), `<packet version="9"><a></packet>`, 1005, badVersion},
		{"version in a start tag that is malformed", admin(s), `<packet version="9" version="1.6"><a/></packet>`, 1014, cannotParse},
		{"credentials before validity", nil, `<packet/>`, 1029, noMethod},
		{"wrong password before validity", wrong, `<packet/>`, 1001, wrongPassword},
		{"credentials before well-formedness", nil, `<packet`, 1029, noMethod},
		{"credentials before an empty body", nil, ``, 1029, noMethod},
		{"wrong password before well-formedness", wrong, `no XML at all`, 1001, wrongPassword},
		{"well-formedness before validity", admin(s), `<packet><nonsense><a></nonsense></packet>`, 1014, cannotParse},
		{"well-formedness behind the packet", admin(s), protos + `<more/>`, 1014, cannotParse},
		{"validity", admin(s), `<nonsense/>`, 1014, invalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantRefused(t, post(t, s, test.headers, test.packet), test.code, test.text)
		})
	}
}

// Nothing of a packet is executed when any of it is invalid.
func TestInvalidPacketChangesNothing(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const add = `<webspace><add><gen_setup><name>new.example</name></gen_setup></add></webspace>`
	for _, packet := range []string{
		`<packet>` + add + `<webspace><nonsense/></webspace></packet>`,
		`<packet>` + add + `</packet><`,
		`<packet>` + add,
	} {
		if got := read(t, post(t, s, admin(s), packet)); got.code != 1014 {
			t.Errorf("%s: answer %+v", packet, got)
		}
	}
	answer := post(t, s, admin(s), `<packet><webspace><get><filter/><dataset/></get></webspace></packet>`)
	if strings.Contains(answer, "<id>") {
		t.Errorf("something was executed:\n%s", answer)
	}
}

func TestSuspendedCustomer(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create><login>jane</login></create></secret_key></packet>`), "key")
	wantOK(t, post(t, s, admin(s), status("16")))
	good := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	wantRefused(t, post(t, s, good, protos), 1011, disabled)
	wantRefused(t, post(t, s, headers{"KEY": key}, protos), 1011, disabled)
	// That an account is suspended is not for those to know who cannot sign in.
	wantRefused(t, post(t, s, good.with("HTTP_AUTH_PASSWD", "wrong"), protos), 1001, wrongPassword)
}

func status(of string) string {
	return `<packet><customer><set><filter><login>jane</login></filter><values><gen_info><status>` + of +
		`</status></gen_info></values></set></customer></packet>`
}
