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
	Version  string       // of the protocol, such as 1.6.3.0; empty: the server's newest
	Retry    Retry        // of packets that were not answered; not for Post
	HTTP     *http.Client // nil: http.DefaultClient; see TLS
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
	response, err := c.transport().Do(request)
	if err != nil {
		return nil, err
	}
	mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if response.StatusCode != http.StatusOK || mediaType != "text/xml" {
		_ = response.Body.Close()
		return nil, &statusError{url, response.StatusCode, response.Status, mediaType}
	}
	return response.Body, nil
}

// transport returns the HTTP client. It follows no redirect unless that was
// asked for: the credentials are for this server alone.
func (c *Client) transport() *http.Client {
	transport := *http.DefaultClient
	if c.HTTP != nil {
		transport = *c.HTTP
	}
	if transport.CheckRedirect == nil {
		transport.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return &transport
}

// statusError is an answer that is none of the protocol.
type statusError struct {
	url               string
	code              int
	status, mediaType string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("%s answered %s with content type %q: is it an XML API server?", e.url, e.status, e.mediaType)
}

// once posts a packet and reads the answer.
func (c *Client) once(ctx context.Context, packet []byte) ([]byte, error) {
	body, err := c.Post(ctx, bytes.NewReader(packet), false)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(body)
	return answer, errors.Join(err, body.Close())
}

// Call sends any packet and decodes the answer into into, by encoding/xml. A
// packet that was refused whole is an *[Error]; what results tell of errors is
// in the answer only. The packet is sent as it is, whatever Version says.
func (c *Client) Call(ctx context.Context, packet []byte, into any) error {
	answer, err := c.exchange(ctx, packet, false)
	if err != nil {
		return err
	}
	if err := refusalOf(answer); err != nil {
		return err
	}
	if err := xml.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("decoding the answer: %w", err)
	}
	return nil
}
