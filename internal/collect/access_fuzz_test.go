package collect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// texts are what a client may have written into a line: the user's name, the
// request, another header and the host.
type texts struct{ user, request, header, host string }

// escaped returns the texts as a server logs them, by a function that escapes a
// byte where it has to.
func (t texts) escaped(noUser string, escape func(c byte) string) texts {
	all := func(text, none string) string {
		var b strings.Builder
		for i := range len(text) {
			b.WriteString(escape(text[i]))
		}
		if b.Len() == 0 {
			return none
		}
		return b.String()
	}
	return texts{all(t.user, noUser), all(t.request, "-"), all(t.header, "-"), all(t.host, "-")}
}

func apacheEscaped(c byte) string {
	switch {
	case c == '"' || c == '\\':
		return `\` + string(c)
	case c == '\b' || c == '\n' || c == '\r' || c == '\t' || c == '\v':
		return `\` + string("btnvfr"[c-'\b'])
	case c < ' ' || c > '~':
		return fmt.Sprintf(`\x%02x`, c)
	}
	return string(c)
}

func nginxEscaped(c byte) string {
	if c == '"' || c == '\\' || c < ' ' || c > '~' {
		return fmt.Sprintf(`\x%02X`, c)
	}
	return string(c)
}

// apacheLine and nginxLine write a line of 1234 bytes sent and 321 received by
// example.com on 22 November.
func apacheLine(format string, t texts) string {
	t = t.escaped(`""`, apacheEscaped)
	return strings.NewReplacer("%v", "example.com", "%p", "443", "%h", "192.0.2.1", "%l", "-", "%u", t.user,
		"%t", "[22/Nov/2026:13:20:34 +0000]", "%r", t.request, "%U", t.request, "%>s", "200", "%b", "1000", "%O", "1234", "%I", "321",
		"%{Referer}i", t.header, "%{User-Agent}i", t.header, "%{Host}i", t.host).Replace(format)
}

func nginxLine(format string, t texts) string {
	t = t.escaped("-", nginxEscaped)
	return strings.NewReplacer("$server_name", "example.com", "$remote_addr", "192.0.2.1", "$remote_user", t.user,
		"$time_local", "22/Nov/2026:13:20:34 +0000", "$request_length", "321", "$request", t.request, "$status", "200",
		"$bytes_sent", "1234", "$body_bytes_sent", "1234",
		"$http_referer", t.header, "$http_user_agent", t.header, "$http_host", t.host).Replace(format)
}

func seedTexts(f *testing.F) {
	f.Add("", "", "", "")
	f.Add("a", "b", `"`, "c")
	f.Add("a b", `GET /" 200 9 "-" "-" HTTP/1.1`, `\`, "example.net 9 9 9")
	f.Add(`- [01/Jan/2001:00:00:00 +0000] "GET /" 200 9 "-" "-"`, `\"`, `\\" 9 "\\`, "a\t[01/Jan/2001:00:00:00 +0000] 9 ")
	f.Add("\" 9", "\x00\n\r\t9\t", "\xff\" 9 9", "[::1]:80: 9")
}

// checkNotFeigned reads a line of the texts and wants what is always told.
func checkNotFeigned(t *testing.T, p parser, line, want string) {
	t.Helper()
	if got := readLog(p, testOrigin(), line); got != want {
		t.Fatalf("found %q, not %q, in\n%s", got, want, line)
	}
}

// FuzzAccessTexts: whatever clients write, the bytes and their site stay the
// same.
func FuzzAccessTexts(f *testing.F) {
	seedTexts(f)
	const sent, received = "example.com 2026-11-22 http_out 1234\n", "example.com 2026-11-22 http_in 321\n"
	apache := map[string]string{
		apacheFormats["vhost_combined"]:                 sent,
		`%v ` + apacheFormats["combinedio"]:             received + sent,
		`%I %u %t %v "%r" %O`:                           received + sent,
		"%v\t%{User-Agent}i\t%O\t%u\t%I\t%t":            received + sent,
		`%v %t %O %{Referer}i "%{User-Agent}i" %U "%r"`: sent,
		`%v %t %O %u "%{User-Agent}i" %U "%r"`:          sent,
		`"%{Host}i" %v %t "%r" %O`:                      sent,
	}
	nginx := map[string]string{
		`$server_name $bytes_sent ` + nginxCombined:                                     sent,
		nginxCombined + ` $server_name $request_length $bytes_sent`:                     received + sent,
		`'$server_name $remote_user [$time_local] "$http_host" $bytes_sent "$request"'`: sent,
	}
	f.Fuzz(func(t *testing.T, user, request, header, host string) {
		client := texts{user, request, header, host}
		for format, want := range apache {
			p, err := newApache(format)
			if err != nil {
				t.Fatal(err)
			}
			checkNotFeigned(t, p, apacheLine(format, client), want)
		}
		for format, want := range nginx {
			p, err := newNginx(format)
			if err != nil {
				t.Fatal(err)
			}
			checkNotFeigned(t, p, strings.Trim(nginxLine(format, client), "'"), want)
		}
	})
}

// FuzzAccessHost: a host without quotes may be any, and a line with one that has
// blanks may not be understood, but the bytes are the server's.
func FuzzAccessHost(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, user, request, header, host string) {
		client := texts{user, request, header, host}
		apache, nginx := `%{Host}i %h %l %u %t "%r" %>s %O`, `$remote_addr - $remote_user [$time_local] $http_host "$request" $bytes_sent`
		a, err := newApache(apache)
		if err != nil {
			t.Fatal(err)
		}
		n, err := newNginx(nginx)
		if err != nil {
			t.Fatal(err)
		}
		found := newTally()
		a.parse([]byte(apacheLine(apache, client)), testOrigin(), found)
		n.parse([]byte(nginxLine(nginx, client)), testOrigin(), found)
		for name, of := range found.domains {
			for _, day := range of.days {
				if day.counters[httpOut]%1234 != 0 {
					t.Errorf("%q sent %d bytes", name, day.counters[httpOut])
				}
			}
		}
	})
}

// checkAccounted reads a line, which has to be counted or to have one problem.
func checkAccounted(t *testing.T, p parser, line string) {
	t.Helper()
	found := newTally()
	p.parse([]byte(line), testOrigin(), found)
	problems := int64(0)
	for _, m := range found.problems {
		problems += m.count
	}
	if isCounted := found.records > 0; problems > 1 || isCounted == (problems == 1) {
		t.Errorf("%d records and %d problems in %q", found.records, problems, line)
	}
}

// FuzzAccessFormat: any line in any format is counted or told of.
func FuzzAccessFormat(f *testing.F) {
	for name, format := range apacheFormats {
		f.Add(name, apacheLine(format, texts{}))
	}
	f.Add(nginxCombined, nginxLine(nginxCombined, texts{}))
	f.Add(`%{sec}t %{Host}i:%p %S %I`, "1795302000 [::1]:80 9 8")
	f.Add(`'$msec' " ${bytes_sent}$host"`, "1795302000.123 9 ")
	f.Add("log_format a escape=json '$msec';", "")
	f.Fuzz(func(t *testing.T, format, line string) {
		if p, err := newApache(format); err == nil {
			checkAccounted(t, p, line)
		}
		if p, err := newNginx(format); err == nil {
			checkAccounted(t, p, line)
		}
	})
}

// FuzzJSONAccess: any line is counted or told of, and no text within a string
// changes what is counted.
func FuzzJSONAccess(f *testing.F) {
	f.Add(`{"ts":1795302000,"size":1234,"request":{"host":"a","list":[1,"b",null,{}]}}`)
	f.Add(`","size":9,"`)
	f.Add(`\`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := newJSONAccess(nil)
		if err != nil {
			t.Fatal(err)
		}
		checkAccounted(t, p, text)
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		nginx := texts{request: text}.escaped("", nginxEscaped)
		checkNotFeigned(t, p, fmt.Sprintf(`{"agent":%s,"ts":1795302000,"request":"%s","vhost":"example.com","size":1234}`, quoted, nginx.request),
			"example.com 2026-11-22 http_out 1234\n")
	})
}
