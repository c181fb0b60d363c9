// Package client talks to any server that speaks the XML API.
package client

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// Client posts packets to a server. Login with Password, or Key, says who
// asks. It is safe for concurrent use.
type Client struct {
	// URL is the server's, such as https://host.example:8443; the path of the
	// agent is added when it has none.
	URL      string
	Login    string
	Password string
	Key      string
	HTTP     *http.Client // nil: http.DefaultClient
}

const agentPath = "/enterprise/control/agent.php"

// Post sends a packet and returns the answer, which the caller closes. The
// answer is indented when pretty is set. That the packet was refused is told
// by the answer, not by the error; see [Check].
func (c *Client) Post(ctx context.Context, packet io.Reader, pretty bool) (io.ReadCloser, error) {
	url := c.URL
	if !strings.HasSuffix(strings.TrimSuffix(url, "/"), ".php") {
		url = strings.TrimSuffix(url, "/") + agentPath
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, packet)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "text/xml")
	if c.Key != "" {
		request.Header.Set("KEY", c.Key)
	} else {
		request.Header.Set("HTTP_AUTH_LOGIN", c.Login)
		request.Header.Set("HTTP_AUTH_PASSWD", c.Password)
	}
	if pretty {
		request.Header.Set("HTTP_PRETTY_PRINT", "TRUE")
	}
	transport := c.HTTP
	if transport == nil {
		transport = http.DefaultClient
	}
	response, err := transport.Do(request)
	if err != nil {
		return nil, err
	}
	mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if response.StatusCode != http.StatusOK || mediaType != "text/xml" {
		_ = response.Body.Close()
		return nil, fmt.Errorf("%s answered %s with content type %q: is it an XML API server?", url, response.Status, mediaType)
	}
	return response.Body, nil
}

// Call sends a packet and decodes the answer into into, by encoding/xml. A
// packet that was refused whole is an *Error.
func (c *Client) Call(ctx context.Context, packet []byte, into any) error {
	body, err := c.Post(ctx, bytes.NewReader(packet), false)
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(body)
	if closeErr := body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := systemError(answer); err != nil {
		return err
	}
	if err := xml.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("decoding the answer: %w", err)
	}
	return nil
}

// Error is an error of the protocol.
type Error struct {
	Code int    `xml:"errcode"`
	Text string `xml:"errtext"`
}

func (e *Error) Error() string { return fmt.Sprintf("%s (error %d)", e.Text, e.Code) }

// systemError returns the error with which a whole packet was refused.
func systemError(answer []byte) error {
	var packet struct {
		System *Error `xml:"system"`
	}
	if !bytes.Contains(answer, []byte("<system>")) {
		return nil
	}
	if err := xml.Unmarshal(answer, &packet); err != nil {
		return fmt.Errorf("decoding the answer: %w", err)
	}
	if packet.System == nil {
		return nil
	}
	return packet.System
}

// Check reads an answer and returns its first error, as *Error: of the packet
// or of any of its operations. It is nil when every status is ok.
func Check(answer io.Reader) error {
	d := xml.NewDecoder(answer)
	var status, text string
	var failed Error
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("decoding the answer: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			text = ""
		case xml.CharData:
			text += string(t)
		case xml.EndElement:
			switch t.Name.Local {
			case "status":
				status = text
			case "errcode":
				_, _ = fmt.Sscan(text, &failed.Code)
			case "errtext":
				failed.Text = text
			case "result", "system":
				if status == "error" {
					return &failed
				}
			}
		}
	}
}
