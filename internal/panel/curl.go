package panel

import (
	"net/http"
	"strings"
)

// mostQuoted is the size from which on a packet is not written into a command.
const mostQuoted = 64 << 10

// curl returns the command that posts a packet to the API from a shell. The
// credentials are left to the environment of the shell.
func curl(address, packet string, byKey bool) string {
	command := []string{"curl " + shellQuote(address)}
	if byKey {
		command = append(command, `-H "KEY: $HOSTLEDGER_KEY"`)
	} else {
		command = append(command, `-H "HTTP_AUTH_LOGIN: $HOSTLEDGER_LOGIN" -H "HTTP_AUTH_PASSWD: $HOSTLEDGER_PASSWORD"`)
	}
	command = append(command, `-H "Content-Type: text/xml" -H "HTTP_PRETTY_PRINT: true"`)
	if len(packet) > mostQuoted {
		command = append(command, "--data-binary @packet.xml")
	} else {
		command = append(command, "--data-binary @- "+hereDocument(packet))
	}
	return strings.Join(command, " \\\n  ")
}

// hereDocument returns the redirection of a shell that makes a text the input of
// a command as it is. It has a line break at its end, as every such text.
func hereDocument(text string) string {
	end := "PACKET"
	for strings.Contains("\n"+text+"\n", "\n"+end+"\n") {
		end += "_"
	}
	return "<<'" + end + "'\n" + strings.TrimSuffix(text, "\n") + "\n" + end
}

// shellQuote makes a text one argument of a command in a shell.
func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// baseURL returns the address at which the browser reached the server. A proxy
// that ends TLS tells so; nothing but what is shown depends on it.
func baseURL(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
