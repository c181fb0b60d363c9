package collect

import (
	"bytes"
	"fmt"
	"testing"
)

// busyAccess returns lines as write makes them of a number, a site's name and a
// browser's.
func busyAccess(write func(log *bytes.Buffer, i int, site, agent string)) []byte {
	agents := []string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
		"curl/8.14.1",
	}
	var log bytes.Buffer
	for i := range 20_000 {
		write(&log, i, fmt.Sprintf("www.hosted%d.example", i/3%200), agents[i%len(agents)])
		log.WriteByte('\n')
	}
	return log.Bytes()
}

// BenchmarkAccess cuts logs into lines and reads them.
func BenchmarkAccess(b *testing.B) {
	nginx, _ := newNginx("combined")
	apache, _ := newApache("vhost_combined")
	objects, _ := newJSONAccess(nil)
	transfers, _ := newXferlog(nil, nil)
	for _, log := range []struct {
		name   string
		parser parser
		text   []byte
	}{
		{"nginx", nginx, busyAccess(func(log *bytes.Buffer, i int, site, agent string) {
			fmt.Fprintf(log, `192.0.2.%d - - [22/Nov/2026:13:%02d:%02d +0100] "GET /assets/%d/style.css?v=%d HTTP/2.0" 200 %d "https://%s/articles/%d" "%s"`,
				i%250, i/60%60, i%60, i%977, i, 200+i*31%90000, site, i%331, agent)
		})},
		{"apache", apache, busyAccess(func(log *bytes.Buffer, i int, site, agent string) {
			fmt.Fprintf(log, `%s:443 192.0.2.%d - - [22/Nov/2026:13:%02d:%02d +0100] "GET /assets/%d/style.css?v=%d HTTP/1.1" 200 %d "https://%s/articles/%d" "%s"`,
				site, i%250, i/60%60, i%60, i%977, i, 200+i*31%90000, site, i%331, agent)
		})},
		{"json", objects, busyAccess(func(log *bytes.Buffer, i int, site, agent string) {
			fmt.Fprintf(log, `{"time_iso8601":"2026-11-22T13:%02d:%02d+01:00","remote_addr":"192.0.2.%d","host":"%s","request":"GET /assets/%d/style.css?v=%d HTTP/2.0","status":200,"bytes_sent":%d,"request_length":%d,"http_user_agent":"%s"}`,
				i/60%60, i%60, i%250, site, i%977, i, 200+i*31%90000, 300+i%200, agent)
		})},
		{"xferlog", transfers, busyAccess(func(log *bytes.Buffer, i int, site, _ string) {
			fmt.Fprintf(log, `Sun Nov 22 13:%02d:%02d 2026 %d 192.0.2.%d %d /httpdocs/wp-content/uploads/2026/11/image_%d.jpg b _ i r web%d@%s ftp 0 * c`,
				i/60%60, i%60, i%9, i%250, 200+i*31%90000, i, i%7, site)
		})},
	} {
		b.Run(log.name, func(b *testing.B) { benchmarkLines(b, log.parser, log.text) })
	}
}

func benchmarkLines(b *testing.B, p parser, log []byte) {
	from := testOrigin()
	from.domain = "www.hosted.example"
	b.SetBytes(int64(len(log)))
	b.ReportAllocs()
	for b.Loop() {
		found := newTally()
		for rest := log; len(rest) > 0; {
			end := bytes.IndexByte(rest, '\n')
			p.parse(rest[:end], from, found)
			rest = rest[end+1:]
		}
		for why, m := range found.problems {
			if m.count > 0 {
				b.Fatalf("problem %d in %s", why, m.example)
			}
		}
	}
}
