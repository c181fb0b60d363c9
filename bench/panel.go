package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// billAll gives every subscription a price and a renewal date.
const billAll = packetOf + `<set-billing-info><filter/><values><price><currency>EUR</currency><sum>10.00</sum></price>` +
	`<renewal-date>%s</renewal-date><cycle>P1M</cycle></values></set-billing-info>` + packetTo

// measurePanel looks at pages of the control panel as the administrator of a
// ledger that has this month's traffic of every subscription.
func (b *bench) measurePanel(r round) (err error) {
	month := b.today.FirstOfMonth()
	data, err := b.ledgerOf("panel", b.sizes.panelSites, stored{month, month.DaysUntil(b.today) + 1})
	if err != nil {
		return err
	}
	s, err := b.startCopy(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	if err := s.do(fmt.Sprintf(billAll, b.today.AddDays(10))); err != nil {
		return err
	}
	v, err := signIn(s.address)
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := v.get("/"); err != nil {
		return err
	}
	r[panelCounted] = time.Since(began).Seconds()
	for _, page := range []struct {
		path string
		p50  figure
	}{
		{"/", panelFirst}, {"/subscriptions", panelList}, {"/subscriptions?sort=renewal", panelByRenewal}, {"/subscriptions/77", panelOne},
	} {
		pages := load{1, "", page.p50, "", ""}
		open := func() (client, error) { return visitor{v, page.path}, nil }
		if err := pages.measure(open, b.sizes.pages, 1, s.Time, r); err != nil {
			return err
		}
	}
	r[panelWeight], err = v.weigh("/subscriptions/77")
	return err
}

// do posts a packet that has to succeed in all its parts.
func (s *ledgerServer) do(packet string) error {
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.close()
	answer, err := c.ask([]byte(packet))
	if err == nil && strings.Contains(string(answer), "<status>error</status>") {
		err = fmt.Errorf("the server answered %.300q", answer)
	}
	return err
}

// browser is somebody who is signed in to the panel.
type browser struct {
	base string
	http.Client
}

func signIn(address string) (*browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	b := &browser{"http://" + address, http.Client{Jar: jar, CheckRedirect: stay}}
	response, err := b.PostForm(b.base+"/login", url.Values{"login": {"admin"}, "password": {adminPassword}})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusSeeOther || response.Header.Get("Location") != "/" {
		return nil, fmt.Errorf("signing in leads to %q: %s", response.Header.Get("Location"), response.Status)
	}
	return b, nil
}

// stay keeps a browser where it is.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// get loads a page, as the server sends it.
func (b *browser) get(path string) (page string, err error) {
	request, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Accept-Encoding", "gzip") // asked for like this, nothing is unpacked
	response, err := b.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, response.Status)
	}
	return string(body), err
}

var assetOfPage = regexp.MustCompile(`"(/assets/[^"#]+)`)

// weigh returns how many bytes a page comes to with what it loads.
func (b *browser) weigh(path string) (bytes float64, err error) {
	page, err := b.get(path)
	if err != nil {
		return 0, err
	}
	bytes, loaded := float64(len(page)), map[string]bool{}
	for _, found := range assetOfPage.FindAllStringSubmatch(page, -1) {
		if loaded[found[1]] {
			continue
		}
		loaded[found[1]] = true
		asset, err := b.get(strings.ReplaceAll(found[1], "&amp;", "&"))
		if err != nil {
			return 0, err
		}
		bytes += float64(len(asset))
	}
	return bytes, nil
}

// visitor looks at the same page again and again.
type visitor struct {
	*browser
	path string
}

func (v visitor) ask(int) error {
	page, err := v.get(v.path)
	if err == nil && !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
		err = fmt.Errorf("%s is not whole: %.300q", v.path, page)
	}
	return err
}

func (v visitor) close() {}
