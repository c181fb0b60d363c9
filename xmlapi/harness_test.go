package xmlapi_test

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Tests{M: m}.Run()) }

// post sends a packet over HTTP and returns the answer, indented.
func post(t testing.TB, c *client.Client, packet string) string {
	t.Helper()
	body, err := c.Post(context.Background(), strings.NewReader(packet), true)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if err := body.Close(); err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// as returns a client of an account whose password is that of the fixtures.
func as(s *hostledgertest.Server, login string) *client.Client {
	return &client.Client{URL: s.URL, Login: login, Password: s.Password}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
