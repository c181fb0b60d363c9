package collect

import (
	"errors"
	"fmt"
	"strings"
)

const nginxCombined = `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"`

// nginxFields are the variables that are more than a text of somebody.
var nginxFields = map[string]field{
	"server_name":     {holds: serverName},
	"host":            {holds: hostName, of: unbroken},
	"http_host":       {holds: hostName, rank: 1, of: escaped},
	"bytes_sent":      {holds: sent},
	"body_bytes_sent": {holds: sent, rank: 1},
	"request_length":  {holds: received},
	"time_local":      nginxTime("02/Jan/2006:15:04:05 -0700"),
	"time_iso8601":    nginxTime("2006-01-02T15:04:05-07:00"),
	"msec":            {holds: when},

	"remote_addr":         {},
	"remote_port":         {},
	"realip_remote_addr":  {},
	"server_addr":         {},
	"server_port":         {},
	"status":              {},
	"request_time":        {},
	"request_id":          {},
	"connection":          {},
	"connection_requests": {},
	"pid":                 {},
	"hostname":            {},
	"scheme":              {},
	"pipe":                {},
	"gzip_ratio":          {},
	"ssl_protocol":        {},
	"ssl_cipher":          {},
}

func nginxTime(layout string) field {
	return field{holds: when, stamp: newStamp(layout), width: len(layout)}
}

// newNginx returns a parser of the format: "combined", or what log_format has,
// with or without its name and quotes.
func newNginx(format string) (*accessLog, error) {
	if format == "" || format == "combined" {
		format = nginxCombined
	}
	text, escape, err := nginxText(format)
	if err != nil {
		return nil, err
	}
	a := &accessLog{}
	texts := strings.Split(text, "$")
	a.text(texts[0])
	for _, s := range texts[1:] {
		name, after, err := nginxVariable(s)
		if err != nil {
			return nil, err
		}
		f, known := nginxFields[name]
		if !known {
			f.of = escaped
		}
		if escape == "none" && f.of == escaped {
			f.of = raw
		}
		f.name = "$" + name
		a.fields = append(a.fields, f)
		a.text(after)
	}
	if len(a.fields) == 0 {
		return nil, fmt.Errorf("log_format: %q is not combined, and has no $", format)
	}
	return a, a.finish("$bytes_sent or $body_bytes_sent tells it")
}

// nginxVariable takes the name of a variable off s.
func nginxVariable(s string) (name, rest string, err error) {
	if inner, ok := strings.CutPrefix(s, "{"); ok {
		name, rest, ok = strings.Cut(inner, "}")
		if !ok {
			return "", "", fmt.Errorf("log_format: ${%s has no }", inner)
		}
		return name, rest, nil
	}
	size := 0
	for size < len(s) && isWord(s[size]) {
		size++
	}
	if size == 0 {
		return "", "", errors.New("log_format: there is a $ without a name")
	}
	return s[:size], s[size:], nil
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// nginxText returns the text of a format and how its fields are escaped. The
// format may be a whole directive, or a part of it.
func nginxText(format string) (text, escape string, err error) {
	s := strings.TrimSuffix(strings.TrimSpace(format), ";")
	isDirective := false
	if words := strings.Fields(s); len(words) > 2 && words[0] == "log_format" {
		isDirective = true
		s = afterWord(afterWord(s))
	}
	if strings.HasPrefix(s, "escape=") {
		escape = strings.TrimPrefix(strings.Fields(s)[0], "escape=")
		s = afterWord(s)
	}
	switch escape {
	case "", "default", "json", "none":
	default:
		return "", "", fmt.Errorf("log_format: escape=%s is none of default, json and none", escape)
	}
	if isDirective || strings.HasPrefix(s, "'") {
		s, err = nginxPieces(s)
		return s, escape, err
	}
	return strings.ReplaceAll(s, `\"`, `"`), escape, nil
}

// afterWord returns what stands behind the first word of s.
func afterWord(s string) string {
	i := strings.IndexAny(s, " \t\r\n")
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(s[i:])
}

// nginxPieces joins quoted texts as nginx does.
func nginxPieces(s string) (string, error) {
	var text strings.Builder
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		quote := s[0]
		end := indexUnescaped([]byte(s[1:]), quote)
		if quote != '\'' && quote != '"' || end < 0 {
			return "", fmt.Errorf("log_format: %s is not a text between quotes", s)
		}
		text.WriteString(nginxEscapes.Replace(s[1 : end+1]))
		s = s[end+2:]
	}
	return text.String(), nil
}

var nginxEscapes = strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\\`, `\`, `\t`, "\t")
