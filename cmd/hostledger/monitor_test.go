package main

import (
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

var monitored = regexp.MustCompile(`msg="serving metrics" url=(\S+)/metrics`)

// monitor returns the URL of the process's monitor.
func (p *process) monitor(t *testing.T) string {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		log, err := os.ReadFile(p.log)
		if err != nil {
			t.Fatal(err)
		}
		if found := monitored.FindSubmatch(log); found != nil {
			return string(found[1])
		}
	}
	t.Fatal("the process has no monitor")
	return ""
}

// ask returns the status and the text of what is at a URL.
func ask(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(body))
}

func wantHealth(t *testing.T, url, path string, status int, text string) {
	t.Helper()
	if gotStatus, got := ask(t, url+path); gotStatus != status || got != text {
		t.Errorf("%s%s answers %d: %q, want %d: %q", url, path, gotStatus, got, status, text)
	}
}
