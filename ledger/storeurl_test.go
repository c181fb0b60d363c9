package ledger

import (
	"net/url"
	"strings"
	"testing"
)

func TestParseStoreURL(t *testing.T) {
	const base = "https://example.com/"
	tests := []string{
		"http://example.com",
		"https://example.com/buy?domain=a%20b&x=1#top",
		"HTTPS://Example.COM/",
		"https://example.com:8443/shop",
		"https://[2001:db8::1]:8443/",
		"http://192.0.2.1/",
		"http://localhost/",
		"https://bücher.example/käufe",
		"https://example.com/~user@host",
		base + strings.Repeat("a", maxStoreURLBytes-len(base)),
	}
	for _, s := range tests {
		if got, err := ParseStoreURL(s); err != nil || got != s {
			t.Errorf("ParseStoreURL(%q) = %q, %v; want it as given", s, got, err)
		}
	}
}

func TestParseStoreURLRefuses(t *testing.T) {
	const base = "https://example.com/"
	tests := []string{
		"", "example.com", "/shop", "//example.com/", "ftp://example.com/", "javascript:alert(1)",
		"mailto:a@example.com", "https:", "https://", "https:///shop", "https:example.com", "http://:80/",
		"http://example.com:port/", "http://[::1/", "https://exa mple.com/", "https://example.com/a b",
		" https://example.com/", "https://example.com/\n", "https://example.com/\x00", "https://example.com/\x7f",
		"https://example.com/\u00a0", "https://example.com/\u202egnp", "https://example.com/\xff",
		"https://user@example.com/", "https://user:secret@example.com/", "https://@example.com/",
		`https://example.com\@example.net/`, "https://example.com/%zz",
		base + strings.Repeat("a", maxStoreURLBytes-len(base)+1),
	}
	for _, s := range tests {
		if got, err := ParseStoreURL(s); err == nil || got != "" {
			t.Errorf("ParseStoreURL(%q) = %q, %v; want an error", s, got, err)
		}
	}
}

func TestParseStoreURLErrorText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"shop", `"shop" is not an absolute http or https URL such as https://shop.example.com/`},
		{"https://a.example/b c", `"https://a.example/b c" has a space or control character: a URL must have none`},
		{"https://u:secret@a.example/", `"https://u:xxxxx@a.example/" has a user name or password: a URL must have none`},
		{strings.Repeat("a", 2049), `"` + strings.Repeat("a", 64) + `…" is longer than the 2048 bytes a URL may have`},
	}
	for _, tt := range tests {
		if _, err := ParseStoreURL(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("ParseStoreURL(%q): %v; want %s", tt.in, err, tt.want)
		}
	}
}

func FuzzParseStoreURL(f *testing.F) {
	for _, s := range []string{
		"https://example.com/", "http://[::1]:80/a?b#c", "https://u:p@example.com/", "//example.com", "javascript:x", "",
		"https://example.com/a b", `https://a\@b/`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseStoreURL(s)
		if err != nil {
			requireErrorText(t, err)
			return
		}
		u, err := url.Parse(got)
		if got != s || len(s) > maxStoreURLBytes || strings.ContainsAny(s, " \t\r\n\x00") {
			t.Errorf("ParseStoreURL(%q) = %q", s, got)
		}
		if err != nil || u.Host == "" || u.User != nil || !strings.HasPrefix(u.Scheme, "http") {
			t.Errorf("ParseStoreURL(%q) accepts %+v, %v", s, u, err)
		}
	})
}
