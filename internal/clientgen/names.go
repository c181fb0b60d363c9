package main

import (
	"strings"
	"unicode"
)

// initialisms are words that Go writes in capitals, or otherwise than with a
// capital at the beginning.
var initialisms = map[string]string{
	"api": "API", "anonftp": "AnonFTP", "aps": "APS", "ascii": "ASCII", "cgi": "CGI", "cname": "CName", "cpu": "CPU", "db": "DB",
	"dbases": "Databases", "dns": "DNS", "ftp": "FTP", "guid": "GUID", "htype": "HType", "http": "HTTP", "httpdocs": "HTTPDocs",
	"httpsdocs": "HTTPSDocs", "icp": "ICP", "id": "ID", "imap": "IMAP", "ip": "IP", "ippool": "IPPool", "ipv4": "IPV4",
	"ipv6": "IPV6", "mssql": "MSSQL", "mysql": "MySQL", "os": "OS", "php": "PHP", "pname": "PName", "pop3": "POP3",
	"sb": "SB", "smtp": "SMTP", "ssl": "SSL", "tls": "TLS", "ttl": "TTL", "uid": "UID",
	"url": "URL", "uuid": "UUID", "veid": "VEID", "vps": "VPS", "vz": "VZ", "waf": "WAF", "www": "WWW",
}

// goName turns a name of the protocol, such as domain-store-url or lastId, into
// an exported one of Go, such as DomainStoreURL or LastID.
func goName(name string) string {
	var b strings.Builder
	for _, word := range words(name) {
		if special, ok := initialisms[strings.ToLower(word)]; ok {
			b.WriteString(special)
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// words splits a name at hyphens and underscores, and before a capital that
// follows a small letter. ipV4 is one word.
func words(name string) []string {
	var b strings.Builder
	last := ' '
	for _, r := range strings.ReplaceAll(name, "ipV", "ipv") {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteRune(' ')
		}
		if r == '-' || r == '_' {
			r = ' '
		}
		b.WriteRune(r)
		last = r
	}
	return strings.Fields(b.String())
}

// fileName is the name of the file with an operator's types.
func fileName(operator string) string {
	return "operator_" + strings.ReplaceAll(operator, "-", "_") + ".go"
}
