package httpd_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// Credentials are remembered, because checking a password is slow on purpose.
// What changes an account or a key counts with the next request all the same.

func TestPasswordChangeCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	older := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	newer := older.with("HTTP_AUTH_PASSWD", "new-Pa55word")
	wantOK(t, post(t, s, older, protos))
	wantRefused(t, post(t, s, newer, protos), 1001, wrongPassword)
	wantOK(t, post(t, s, admin(s), `<packet><customer><set><filter><login>jane</login></filter><values><gen_info>`+
		`<passwd>new-Pa55word</passwd></gen_info></values></set></customer></packet>`))
	wantRefused(t, post(t, s, older, protos), 1001, wrongPassword)
	wantOK(t, post(t, s, newer, protos))
}

func TestAdministratorsPasswordChangeCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	wantOK(t, post(t, s, admin(s), protos))
	if err := s.Ledger.SetAdminPassword(t.Context(), server.Admin, "another-Pa55word"); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, post(t, s, admin(s), protos), 1001, wrongPassword)
	wantOK(t, post(t, s, admin(s).with("HTTP_AUTH_PASSWD", "another-Pa55word"), protos))
}

func TestSuspensionCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	h := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	wantOK(t, post(t, s, h, protos))
	wantOK(t, post(t, s, admin(s), status("16")))
	wantRefused(t, post(t, s, h, protos), 1011, disabled)
	wantOK(t, post(t, s, admin(s), status("0")))
	wantOK(t, post(t, s, h, protos))
}

// A reseller who may not use the API is refused before his packet is looked
// at, by his password and by his keys, and his customers are not.
func TestRemoteAccessOfAResellerCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, `<packet><reseller><add><gen-info><pname>Rita Resell</pname><login>rita</login><passwd>rita-Pa55word</passwd></gen-info></add></reseller>`+
		`<customer><add><gen_info><pname>Rick Roll</pname><login>rick</login><passwd>rick-Pa55word</passwd><owner-login>rita</owner-login></gen_info></add></customer></packet>`)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create><login>rita</login></create></secret_key></packet>`), "key")
	rita := headers{"HTTP_AUTH_LOGIN": "rita", "HTTP_AUTH_PASSWD": "rita-Pa55word"}
	rick := headers{"HTTP_AUTH_LOGIN": "rick", "HTTP_AUTH_PASSWD": "rick-Pa55word"}
	access := func(value string) string {
		return `<packet><reseller><set><filter><login>rita</login></filter><values><permissions><permission>` +
			`<name>remote_access_interface</name><value>` + value + `</value></permission></permissions></values></set></reseller></packet>`
	}
	wantOK(t, post(t, s, rita, protos))
	wantOK(t, post(t, s, headers{"KEY": key}, protos))
	wantOK(t, post(t, s, admin(s), access("false")))
	wantRefused(t, post(t, s, rita, `<packet/>`), 1006, "Permission denied.")
	wantRefused(t, post(t, s, headers{"KEY": key}, protos), 1006, "Permission denied.")
	wantRefused(t, post(t, s, rita.with("HTTP_AUTH_PASSWD", "wrong"), protos), 1001, wrongPassword)
	wantOK(t, post(t, s, rick, protos))
	wantOK(t, post(t, s, admin(s), access("true")))
	wantOK(t, post(t, s, rita, protos))
	wantOK(t, post(t, s, headers{"KEY": key}, protos))
}

// Who is converted acts under his new role with his next request, by his
// password and by his keys.
func TestConversionCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create><login>jane</login></create></secret_key></packet>`), "key")
	convert := func(operator, operation string) string {
		return post(t, s, admin(s), `<packet><`+operator+`><`+operation+`><filter><login>jane</login></filter></`+operation+`></`+operator+`></packet>`)
	}
	const resellers = `<packet><reseller><get><filter/><dataset/></get></reseller></packet>` // for resellers, not for customers
	credentials := []headers{{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}, {"KEY": key}}
	for _, isReseller := range []bool{false, true, false} {
		for _, h := range credentials {
			answer := post(t, s, h, resellers)
			if got := !strings.Contains(answer, "<errcode>1006</errcode>"); got != isReseller {
				t.Errorf("acts as a reseller: %v, want %v\n%s", got, isReseller, answer)
			}
		}
		if isReseller {
			wantOK(t, convert("reseller", "convert-to-customer"))
		} else {
			wantOK(t, convert("customer", "convert-to-reseller"))
		}
	}
}

// A customer of a suspended reseller is out of service, and no longer when he
// is given to another owner.
func TestChangeOfOwnerCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane+`<packet><reseller><add><gen-info><pname>Rita Resell</pname><login>rita</login><passwd>rita-Pa55word</passwd><status>16</status></gen-info></add></reseller></packet>`)
	h := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	give := func(owner string) string {
		return post(t, s, admin(s), `<packet><customer><change-owner><filter><login>jane</login></filter><new-owner-login>`+owner+`</new-owner-login></change-owner></customer></packet>`)
	}
	wantOK(t, post(t, s, h, protos))
	wantOK(t, give("rita"))
	wantRefused(t, post(t, s, h, protos), 1011, disabled)
	wantOK(t, give("admin"))
	wantOK(t, post(t, s, h, protos))
}

func TestDeletionOfACustomerCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	h := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create><login>jane</login></create></secret_key></packet>`), "key")
	wantOK(t, post(t, s, h, protos))
	wantOK(t, post(t, s, headers{"KEY": key}, protos))
	wantOK(t, post(t, s, admin(s), `<packet><customer><del><filter><login>jane</login></filter></del></customer></packet>`))
	wantRefused(t, post(t, s, h, protos), 1001, wrongPassword)
	wantRefused(t, post(t, s, headers{"KEY": key}, protos), 11003, keyNotFound)
}

func TestDeletionOfAKeyCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	key := element(t, post(t, s, admin(s), `<packet><secret_key><create/></secret_key></packet>`), "key")
	wantOK(t, post(t, s, headers{"KEY": key}, protos))
	wantOK(t, post(t, s, headers{"KEY": key}, `<packet><secret_key><delete><filter><key>`+key+`</key></filter></delete></secret_key></packet>`))
	wantRefused(t, post(t, s, headers{"KEY": key}, protos), 11003, keyNotFound)
}

// Clients that come together, with good passwords and wrong ones, each get
// their own answer.
func TestTogether(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	var all sync.WaitGroup
	for i := range 12 { // so few wrong ones that the login is not locked
		all.Go(func() {
			h := []headers{
				admin(s),
				{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"},
				{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": s.Password},
			}[i%3]
			packet := fmt.Sprintf(`<packet><webspace><get><filter><external-id>%d</external-id></filter><dataset/></get></webspace></packet>`, i)
			_, answer := send(t, s, http.MethodPost, h, strings.NewReader(packet))
			switch got := read(t, answer); {
			case i%3 == 2 && got.code != 1001:
				t.Errorf("a wrong password was accepted: %s", answer)
			case i%3 != 2 && !strings.Contains(answer, fmt.Sprintf("<filter-id>%d</filter-id>", i)):
				t.Errorf("answer %s for request %d", answer, i)
			}
		})
	}
	all.Wait()
}

// A key is good from its addresses only, and only as a key: it is no password,
// not even for nobody's login while it is remembered.
func TestKeyIsNoPassword(t *testing.T) {
	s := hostledgertest.New(t)
	key, err := s.Ledger.CreateSecretKey(t.Context(),
		ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin, Address: netip.MustParseAddr("127.0.0.1")}, ledger.NewSecretKey{})
	if err != nil {
		t.Fatal(err)
	}
	wantOK(t, post(t, s, headers{"KEY": key}, protos))
	for _, login := range []string{"", "admin", "key"} {
		h := headers{"HTTP_AUTH_LOGIN": login, "HTTP_AUTH_PASSWD": key}
		wantRefused(t, post(t, s, h, protos), 1001, wrongPassword)
	}
	_, err = s.Ledger.UseKey(t.Context(), key, netip.MustParseAddr("127.0.0.2"))
	if !errors.Is(err, ledger.ErrKeyMisused) {
		t.Errorf("the key from another address: %v", err)
	}
}

// A customer's packet is bounded, so that he cannot keep the server busy.
func TestCustomersPacketsAreSmall(t *testing.T) {
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	h := headers{"HTTP_AUTH_LOGIN": "jane", "HTTP_AUTH_PASSWD": "jane-Pa55word"}
	get := `<get><filter/><dataset/></get>`
	packet := func(n int) string { return `<packet><webspace>` + strings.Repeat(get, n) + `</webspace></packet>` }
	wantOK(t, post(t, s, h, packet(100)))
	wantRefused(t, post(t, s, h, packet(101)), 1014, "Parser error: The packet holds more than 100 operations")
	large := `<packet><webspace>` + get + strings.Repeat(" ", 1<<20) + `</webspace></packet>`
	wantRefused(t, post(t, s, h, large), 1014, "Parser error: The packet is larger than 1048576 bytes")
	wantOK(t, post(t, s, admin(s), large))
	wantOK(t, post(t, s, admin(s), packet(101)))
}
