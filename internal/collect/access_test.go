package collect

import (
	"strings"
	"testing"
)

// formatCase is a line in a format and what it tells.
type formatCase struct{ name, format, line, want string }

// checkFormats reads one line for each case.
func checkFormats[P parser](t *testing.T, newParser func(format string) (P, error), from *origin, cases []formatCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := newParser(c.format)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(strings.TrimSuffix(readLog(p, from, c.line), "\n"), "\n", "; ")
			if got != c.want {
				t.Errorf("found %q, not %q, in\n%s", got, c.want, c.line)
			}
		})
	}
}

// checkRefused expects that formats are refused with errors that say why.
func checkRefused[P parser](t *testing.T, newParser func(format string) (P, error), refused map[string]string) {
	t.Helper()
	for format, want := range refused {
		if _, err := newParser(format); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v and does not say %q", format, err, want)
		}
	}
}

func TestApache(t *testing.T) {
	const (
		request = `"GET /index.html HTTP/1.1"`
		host    = `%{Host}i %h %l %u %t "%r" %>s %O`
	)
	checkFormats(t, newApache, testOrigin(), []formatCase{
		{
			"vhost_combined", "vhost_combined",
			`example.com:443 192.0.2.1 - - [21/Nov/2026:23:59:59 -0800] ` + request + ` 200 1234 "https://example.net/" "Mozilla/5.0 (X11)"`,
			"example.com 2026-11-21 http_out 1234",
		},
		{
			"bytes received", `%v ` + apacheFormats["combinedio"],
			`example.com 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1000 "-" "curl/8" 321 1234`,
			"example.com 2026-11-22 http_in 321; example.com 2026-11-22 http_out 1234",
		},
		{
			"the sum of both", `%v %t %S %I %b`,
			`example.com [22/Nov/2026:13:20:34 +0000] 1555 321 1000`,
			"example.com 2026-11-22 http_in 321; example.com 2026-11-22 http_out 1234",
		},
		{
			"a sum that is less than its part", `%v %t %S %I`,
			`example.com [22/Nov/2026:13:20:34 +0000] 320 321`,
			"bad size: 1",
		},
		{
			"no body", "%v " + apacheFormats["common"],
			`example.com 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] "HEAD / HTTP/1.1" 304 -`,
			"",
		},
		{
			"more bytes than can be", "vhost_combined",
			`example.com:80 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 99999999999999999999 "-" "-"`,
			"bad size: 1",
		},
		{
			"quotes and backslashes of a client", "vhost_combined",
			`example.com:80 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] "GET /\" 200 9 \"-\" \"-\\" 200 1234 "\" 7 \\\"" "\\\\\""`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a user with blanks", "vhost_combined",
			`example.com:80 192.0.2.1 - x [01/Jan/2001:00:00:00 +0000] \"GET / HTTP/1.1\" 200 9 [22/Nov/2026:13:20:34 +0000] ` + request + ` 401 1234 "-" "-"`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a user without a name", "vhost_combined",
			`example.com:80 192.0.2.1 - "" [22/Nov/2026:13:20:34 +0000] ` + request + ` 401 1234 "-" "-"`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a user without a name beside other texts", `%v %u %U %t %O`,
			`example.com "" /a b [22/Nov/2026:13:20:34 +0000] 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a line that was cut off, and the next", "vhost_combined",
			`example.com:80 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] "GET /example.net:80 192.0.2.1 - - [22/Nov/2026:13:20:35 +0000] ` + request + ` 200 1234 "-" "-"`,
			"not understood: 1",
		},
		{
			"the beginning of a line", "vhost_combined",
			`example.com:80 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234 "-" "Mozilla/5.0 (X`,
			"not understood: 1",
		},
		{
			"another format", "vhost_combined",
			`192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234 "-" "curl/8"`,
			"not understood: 1",
		},
		{
			"a day that does not exist", "vhost_combined",
			`example.com:80 192.0.2.1 - - [31/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234 "-" "curl/8"`,
			"not understood: 1",
		},
		{
			"a size that is no number", "vhost_combined",
			`example.com:80 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 0x12 "-" "curl/8"`,
			"not understood: 1",
		},
		{
			"nothing that names a site", "combined",
			`192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234 "-" "curl/8"`,
			"no domain: 1",
		},
		{
			"the host as the client has it", host,
			`WWW.Example.COM.:8080 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234`,
			"WWW.Example.COM. 2026-11-22 http_out 1234 maybe",
		},
		{
			"an IPv6 address", `%V:%p %h %l %u %t "%r" %>s %O`,
			`[2001:db8::1]:443 2001:db8::2 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234`,
			"[2001:db8::1] 2026-11-22 http_out 1234 maybe",
		},
		{
			"an IPv6 address with a port", host,
			`[2001:db8::1]:443 2001:db8::2 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234`,
			"[2001:db8::1] 2026-11-22 http_out 1234 maybe",
		},
		{
			"a host with blanks", host,
			`example.com 9 9 9 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 400 1234`,
			"example.com 2026-11-22 http_out 1234 maybe",
		},
		{
			"the server's own name for it rather than the client's", `"%{Host}i" %v %t %O`,
			`"example.net" example.com [22/Nov/2026:13:20:34 +0000] 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a host between quotes", `%u %t "%{Host}i" %O`,
			`a b [22/Nov/2026:13:20:34 +0000] "example.com 9 \"" 1234`,
			`example.com 9 \" 2026-11-22 http_out 1234 maybe`,
		},
		{
			"texts between tabs", `%v\t%{User-Agent}i\t%O\t%U\t%t`,
			"example.com\tMozilla/5.0 (X11)\t1234\t/a b\t[22/Nov/2026:13:20:34 +0000]",
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a time of parts", `%v %{%Y-%m-%dT%H:%M:%S}t.%{usec_frac}t%{%z}t %O`,
			`example.com 2026-11-22T13:20:34.123456+0100 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"days before the tenth", `%v [%{%e/%m/%Y}t] %O`,
			`example.com [ 9/11/2026] 1234`,
			"example.com 2026-11-09 http_out 1234",
		},
		{
			"seconds since 1970, in the zone of the configuration", `%v %{sec}t %O`,
			`example.com 1795302000 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"microseconds since 1970", `%v %{end:usec}t %O`,
			`example.com 1795301999999999 1234`,
			"example.com 2026-11-21 http_out 1234",
		},
		{
			"conditions, percent signs and fields of modules", `%v %% %!200,304{Referer}i %400,501{User-Agent}i %{UNIQUE_ID}e %{SSL_PROTOCOL}x %t %<s %^FB %O`,
			`example.com % - - abc TLSv1.3 [22/Nov/2026:13:20:34 +0000] 200 77 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"as the configuration has it", `%v %h %l %u %t \"%r\" %>s %O`,
			`example.com 192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] ` + request + ` 200 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
	})
}

func TestApacheRefused(t *testing.T) {
	checkRefused(t, newApache, map[string]string{
		"vhost-combined":               "none of common, combined",
		"%v %t %D":                     "no size: %O,",
		"%v %t %S":                     "no size",
		"%v %O":                        "no time",
		"%v %{%H:%M}t %O":              "no time",
		"%v %{%d/%B/%Y}t %O":           "width",
		"%v %t %O %{Referer":           "no }",
		"%v %t %O %":                   "not a whole directive",
		"%v %t %u %O %{Referer}i":      "%O cannot be told from texts of clients",
		"%v %u %t %{Referer}i %O":      "%t cannot be told",
		"%v %t %u %O %{Host}i":         "%O cannot be told",
		"%u %v%U %t %O":                "%v cannot be told",
		`%v %t "%{SSL_CLIENT}x" %b %r`: "%b cannot be told",
	})
}

func TestNginx(t *testing.T) {
	const withHost = `$remote_addr - $remote_user [$time_local] $http_host "$request" $status $bytes_sent $request_length "$http_user_agent"`
	ofSite := testOrigin()
	ofSite.domain = "example.com"
	checkFormats(t, newNginx, ofSite, []formatCase{
		{
			"combined", "combined",
			`192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] "GET / HTTP/1.1" 200 1234 "-" "curl/8"`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a user who writes a line", "",
			`192.0.2.1 - a [01/Jan/2001:00:00:00 +0000] \x22GET /\x22 200 9 \x22-\x22 \x22-\x22 [22/Nov/2026:13:20:34 +0000] "\x22\x5C" 400 1234 "\x22 9" "\x22 9 \x22"`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"the host and both sizes", withHost,
			`192.0.2.1 - a b [22/Nov/2026:13:20:34 +0000] example.net:8080 "GET / HTTP/1.1" 200 1234 321 "curl/8"`,
			"example.net 2026-11-22 http_in 321 maybe; example.net 2026-11-22 http_out 1234 maybe",
		},
		{
			"a request without a host", withHost,
			`192.0.2.1 - - [22/Nov/2026:13:20:34 +0000] - "GET / HTTP/1.0" 200 1234 321 "-"`,
			"example.com 2026-11-22 http_in 321; example.com 2026-11-22 http_out 1234",
		},
		{
			"a server of any name", `$server_name $host [$time_iso8601] $bytes_sent`,
			`_ example.net [2026-11-22T00:00:01+01:00] 1234`,
			"example.net 2026-11-22 http_out 1234 maybe",
		},
		{
			"a server of many names", `$server_name [$time_iso8601] $bytes_sent`,
			`*.example.net [2026-11-22T00:00:01+01:00] 1234`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"a server of a name", `$server_name $host [$time_iso8601] $bytes_sent`,
			`example.net evil.example [2026-11-22T00:00:01+01:00] 1234`,
			"example.net 2026-11-22 http_out 1234",
		},
		{
			"seconds since 1970, in the zone of the configuration", `$msec ${bytes_sent} "$request"`,
			`1795302000.123 1234 "GET / HTTP/1.1"`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"an address with a port", `$remote_addr:$remote_port $scheme://$host:$server_port "$request" [$time_local] $bytes_sent`,
			`2001:db8::1:5000 http://[2001:db8::2]:80 "GET / HTTP/1.1" [22/Nov/2026:13:20:34 +0000] 1234`,
			"[2001:db8::2] 2026-11-22 http_out 1234 maybe",
		},
		{
			"a whole directive", `log_format main escape=json
				'{"host":"$host","agent":"$http_user_agent",'
				"\"time\":\"$time_iso8601\",\"out\":$bytes_sent}";`,
			`{"host":"example.net","agent":"\",\"out\":9,\"","time":"2026-11-22T00:00:01+01:00","out":1234}`,
			"example.net 2026-11-22 http_out 1234 maybe",
		},
		{
			"its texts alone", `'$host "$http_user_agent" '  '[$time_local] $body_bytes_sent'`,
			`example.net "it's" [22/Nov/2026:13:20:34 +0000] 1234`,
			"example.net 2026-11-22 http_out 1234 maybe",
		},
	})
}

func TestNginxRefused(t *testing.T) {
	checkRefused(t, newNginx, map[string]string{
		"combind":                          "has no $",
		"$time_local $status":              "no size: $bytes_sent",
		"$host $bytes_sent":                "no time",
		"$time_local $bytes_sent ${host":   "no }",
		"$time_local $bytes_sent $":        "without a name",
		"escape=xml '$msec $bytes_sent'":   "escape=xml is none of",
		"'$msec $bytes_sent' nonsense":     "not a text between quotes",
		"log_format main '$msec $request'": "no size",
		`escape=none '$msec "$request" $bytes_sent "$http_referer"'`: "$bytes_sent cannot be told",
		"$msec $host$request_uri $bytes_sent":                        "$host cannot be told",
	})
}

// TestSiteOfSource: a source has to say which sites its lines are of where they
// do not.
func TestSiteOfSource(t *testing.T) {
	general, named := []string{"/var/log/access.log", "/srv/{domain}/access.log"}, []string{"/srv/{domain}/access.log"}
	for _, c := range []struct {
		source Source
		valid  bool
	}{
		{Source{Format: "apache", LogFormat: "combined", Files: general}, false},
		{Source{Format: "apache", LogFormat: "combined", Files: named}, true},
		{Source{Format: "nginx", Files: general}, false},
		{Source{Format: "nginx", Files: general, Domain: "example.com"}, true},
		{Source{Format: "nginx", LogFormat: `[$time_local] "$http_host" $bytes_sent`, Files: general}, true},
		{Source{Format: "apache", LogFormat: "vhost_combined", Files: general}, true},
		{Source{Format: "apache", LogFormat: "%V %t %b", Files: general}, true},
	} {
		err := c.source.validate()
		if isMissing := err != nil && strings.Contains(err.Error(), "log_format: has no domain"); isMissing == c.valid {
			t.Errorf("%+v: %v", c.source, err)
		}
	}
}
