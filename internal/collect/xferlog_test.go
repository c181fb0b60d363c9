package collect

import (
	"strings"
	"testing"
)

func TestXferlog(t *testing.T) {
	users := map[string]string{"web1": "example.com", "web 2": "example.org"}
	newLog := func(path string) (*xferlog, error) { return newXferlog(users, []string{path}) }
	const sites = "/var/www/vhosts/{domain}/"
	checkFormats(t, newLog, testOrigin(), []formatCase{
		{
			"an upload", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /index.html b _ i r web1 ftp 0 * c`,
			"example.com 2026-11-22 ftp_in 1234",
		},
		{
			"a download that was broken off", sites,
			`Sun Nov  8 13:20:34 2026 1 2001:db8::1 1234 /a.zip a C o g me@example.net sftp 1 me i`,
			"example.net 2026-11-08 ftp_out 1234",
		},
		{
			"a file that was removed", sites,
			`Sun Nov 22 13:20:34 2026 0 192.0.2.1 1234 /a.zip b _ d r web1 ftp 0 * c`,
			"",
		},
		{
			"names with blanks", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /my own b _ i file b _ i r web 2 ftp 0 * c`,
			"example.org 2026-11-22 ftp_in 1234",
		},
		{
			"a file in a site", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /var/www/vhosts/example.net/a b.html b _ i r root ftp 0 * c`,
			"example.net 2026-11-22 ftp_in 1234",
		},
		{
			"a file elsewhere", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /var/www/vhosts/a.html b _ i r root ftp 0 * c`,
			"no domain: 1",
		},
		{
			"a path that ends with the site", "/srv/{domain}",
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /srv/example.net/a b _ i r root ftp 0 * c`,
			"example.net 2026-11-22 ftp_in 1234",
		},
		{
			"a path with more than the site's name", "/srv/{domain}-web/",
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /srv/example.net-web/a b _ i r root ftp 0 * c`,
			"example.net 2026-11-22 ftp_in 1234",
		},
		{
			"anonymous users, who give any address", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /pub/a b _ o a me@example.com ftp 0 * c`,
			"no domain: 1",
		},
		{
			"an address that looks like the rest of a line", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /pub/a b _ o a b _ i r web1 ftp 0 * c`,
			"not understood: 1",
		},
		{
			"more bytes than can be", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 99999999999999999999 /pub/a b _ o r web1 ftp 0 * c`,
			"bad size: 1",
		},
		{
			"no size", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 - /pub/a b _ o r web1 ftp 0 * c`,
			"not understood: 1",
		},
		{
			"a line that was cut off", sites,
			`Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /index.html b _ i r web1 ftp`,
			"not understood: 1",
		},
		{
			"vsftpd's own format", sites,
			`Sun Nov 22 13:20:34 2026 [pid 7] [web1] OK UPLOAD: Client "192.0.2.1", "/a", 1234 bytes, 9.21Kbyte/sec`,
			"not understood: 1",
		},
	})
}

func TestXferlogRefused(t *testing.T) {
	newLog := func(path string) (*xferlog, error) { return newXferlog(nil, []string{path}) }
	checkRefused(t, newLog, map[string]string{
		"/srv/":                  "needs one {domain}",
		"/srv/{domain}/{domain}": "needs one {domain}",
	})
}

// FuzzXferlog: any line is counted or told of. Whatever a file is called, and
// whatever an anonymous user calls himself, no other site's bytes are changed.
func FuzzXferlog(f *testing.F) {
	f.Add("/a b", "me@example.net")
	f.Add("/a b _ i r web2 ftp 0 * c", "a b _ i r web2 ftp 0 * c")
	f.Add("Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 /a b _ i r web2 ftp 0 * c", "")
	f.Fuzz(func(t *testing.T, file, name string) {
		p, err := newXferlog(map[string]string{"web1": "example.com", "web2": "example.net"}, []string{"/srv/{domain}"})
		if err != nil {
			t.Fatal(err)
		}
		const head, tail = "Sun Nov 22 13:20:34 2026 1 192.0.2.1 1234 ", " ftp 0 * c"
		if !strings.Contains(file, " d ") { // the removal of a file is neither
			checkAccounted(t, p, file)
		}
		if strings.Contains(file+name, "\n") {
			return
		}
		own := readLog(p, testOrigin(), head+file+" b _ i r web1"+tail)
		anonymous := readLog(p, testOrigin(), head+"/pub/a b _ o a "+name+tail)
		if own != "example.com 2026-11-22 ftp_in 1234\n" && own != "not understood: 1\n" ||
			anonymous != "no domain: 1\n" && anonymous != "not understood: 1\n" {
			t.Errorf("found %q and %q", own, anonymous)
		}
	})
}
