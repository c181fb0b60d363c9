package collect

import (
	"strings"
	"testing"
)

func TestJSONAccess(t *testing.T) {
	ofSite := testOrigin()
	ofSite.domain = "example.com"
	newJSON := func(fields string) (*jsonAccess, error) { return newJSONAccess(fieldsOf(fields)) }
	checkFormats(t, newJSON, ofSite, []formatCase{
		{
			"nginx", "",
			`{"time_iso8601":"2026-11-22T00:00:01+01:00","host":"example.net","bytes_sent":1234,"request_length":"321","request":"GET / HTTP/1.1"}`,
			"example.net 2026-11-22 http_in 321 maybe; example.net 2026-11-22 http_out 1234 maybe",
		},
		{
			"Caddy", "",
			`{"level":"info","ts":1795302000.5,"msg":"handled request","request":{"method":"GET","host":"example.net:443","headers":{"User-Agent":["\"size\": 9"],"Host":["a"]}},"bytes_read":0,"size":1234,"status":200}`,
			"example.net 2026-11-22 http_out 1234 maybe",
		},
		{
			"the server's own name for it", "",
			`{"msec":1795302000.123,"server_name":"example.net","http_host":"evil.example","bytes_sent":1234}`,
			"example.net 2026-11-22 http_out 1234",
		},
		{
			"bytes with the headers rather than without", "",
			`{"body_bytes_sent":1000,"bytes_sent":1234,"size":1000,"timestamp":"22/Nov/2026:13:20:34 +0000"}`,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"names of the configuration", "time=t, domain=d.name, in=in, out=o",
			`{"t":"[22\/Nov\/2026:13:20:34 +0000]","d":{"name":"example.net","list":[{"name":"a"},[]]},"in":null,"o":1234,"bytes_sent":9,"host":"evil.example"}`,
			"example.net 2026-11-22 http_out 1234",
		},
		{
			"names with dots", "out=http.response.bytes, domain=host",
			` { "@timestamp" : "2026-11-22T00:00:01Z" , "http.response.bytes" : "1234" , "host" : "-" } `,
			"example.com 2026-11-22 http_out 1234",
		},
		{
			"milliseconds", "",
			`{"ts":1795301999999,"size":1234}`,
			"example.com 2026-11-21 http_out 1234",
		},
		{
			"escapes that JSON does not have", "",
			`{"agent":"\x22,\x22size\x22:9,\x22","ts":1795302000,"size":1234}`,
			"example.com 2026-11-22 http_out 1234",
		},
		{"a name twice", "", `{"ts":1795302000,"size":1234,"agent":"","size":9}`, "not understood: 1"},
		{"no time", "", `{"size":1234}`, "not understood: 1"},
		{"no size", "", `{"ts":1795302000}`, "not understood: 1"},
		{"a size below 0", "", `{"ts":1795302000,"size":-1}`, "not understood: 1"},
		{"more bytes than can be", "", `{"ts":1795302000,"size":12345678901234567890}`, "bad size: 1"},
		{"no object", "", `["ts",1795302000,"size",1234]`, "not understood: 1"},
		{"nothing in it", "", `{}`, "not understood: 1"},
		{"the beginning of a line", "", `{"ts":1795302000,"size":1234`, "not understood: 1"},
		{"two lines in one", "", `{"ts":1795302000,"size":1234}{"ts":1795302000,"size":1234}`, "not understood: 1"},
		{"without end", "", `{"ts":1795302000,"size":1234,"a":` + strings.Repeat("[", 100_000), "not understood: 1"},
	})
}

// fieldsOf reads "time=t, out=o".
func fieldsOf(text string) map[string]string {
	fields := map[string]string{}
	for _, field := range strings.Split(text, ", ") {
		if name, value, ok := strings.Cut(field, "="); ok {
			fields[name] = value
		}
	}
	return fields
}

func TestJSONAccessRefused(t *testing.T) {
	newJSON := func(fields string) (*jsonAccess, error) { return newJSONAccess(fieldsOf(fields)) }
	checkRefused(t, newJSON, map[string]string{
		"size=bytes":    `"size" is none of time, domain, in and out`,
		"out=":          `"" cannot be`,
		"in=bytes_sent": `"bytes_sent" cannot be the name of a field, or not of two`,
		"in=a, out=a":   `"a" cannot be`,
	})
}
