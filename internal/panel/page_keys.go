package panel

import (
	"net/http"
	"net/netip"
	"net/url"

	"github.com/hostledger/hostledger/ledger"
)

// keysView is what the page of the secret keys shows.
type keysView struct {
	Keys    []ledger.SecretKey
	Typed   url.Values
	Made    string     // a key that has just been made, and is shown this once
	Address netip.Addr // that the one who reads comes from
}

// keysPage lists the secret keys and makes another. The answer to the form is
// the page itself, because the key is nowhere else to be shown.
func keysPage(v *visit) error {
	data := keysView{Typed: url.Values{}}
	if v.r.Method != http.MethodPost {
		return v.showKeys(data, nil)
	}
	typed := trimmed(v.posted())
	key, err := v.Ledger.CreateSecretKey(v.r.Context(), v.who, ledger.NewSecretKey{
		Login: typed.Get("login"), Addresses: typed.Get("addresses"), Description: typed.Get("description"),
	})
	if err != nil {
		data.Typed = typed
	}
	data.Made = key
	return v.showKeys(data, err)
}

// showKeys shows the page, and why something was refused.
func (v *visit) showKeys(data keysView, refusal error) error {
	matches, err := v.Ledger.FindSecretKeys(v.r.Context(), v.who, nil)
	if err != nil {
		return err
	}
	for _, m := range matches {
		data.Keys = append(data.Keys, *m.Key)
	}
	data.Address = v.who.Address
	page := view{template: "keys", title: "Secret keys", data: data}
	if refusal != nil {
		return v.again(page, refusal)
	}
	return v.show(page)
}

func deleteKey(v *visit) error {
	matches, err := v.Ledger.FindSecretKeys(v.r.Context(), v.who, []string{v.r.PathValue("id")})
	if err != nil {
		return err
	}
	if len(matches) != 1 || matches[0].Key == nil {
		return errNoPage
	}
	if v.value("sure") == "" {
		return v.showKeys(keysView{Typed: url.Values{}}, errNotSure)
	}
	if err := v.Ledger.DeleteSecretKey(v.r.Context(), v.who, matches[0].Key.ID); err != nil {
		return err
	}
	return v.done("/keys", "key-gone")
}
