package collect_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"
)

// pack compresses a file and removes it, as logrotate does.
func (b *bench) pack(name, ending string) {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, name))
	b.check(err)
	file, err := os.Create(filepath.Join(b.dir, name+ending))
	b.check(err)
	var w io.WriteCloser = gzip.NewWriter(file)
	if ending == ".zst" {
		w, err = zstd.NewWriter(file)
		b.check(err)
	}
	_, err = w.Write(text)
	b.check(errors.Join(err, w.Close(), file.Close(), os.Remove(filepath.Join(b.dir, name))))
}

// copyLog copies the log, as rotation does before it truncates it.
func (b *bench) copyLog() {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, "access.log"))
	b.check(errors.Join(err, os.WriteFile(filepath.Join(b.dir, "access.log.1"), text, 0o600)))
}

func (b *bench) truncateLog() {
	b.t.Helper()
	b.check(os.Truncate(filepath.Join(b.dir, "access.log"), 0))
}

func TestRotation(t *testing.T) {
	first, second, third := request("a.example", 20, 1), request("a.example", 21, 20), request("a.example", 22, 300)
	all := map[string]int64{"a.example 2026-11-20": 1, "a.example 2026-11-21": 20, "a.example 2026-11-22": 300}
	for name, steps := range map[string]func(b *bench){
		"renamed": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.write("access.log", second)
			b.rename("access.log", "access.log.1")
			b.write("access.log", third)
		},
		"renamed, and the server writes on in the old file": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.rename("access.log", "access.log.1")
			b.once()
			b.write("access.log.1", second)
			b.write("access.log", third)
		},
		"compressed before it was read to its end": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.write("access.log", second)
			b.rename("access.log", "access.log.1")
			b.pack("access.log.1", ".gz")
			b.write("access.log", third)
		},
		"compressed later, by zstd, with the day in its name": func(b *bench) {
			b.write("access.log", first)
			b.rename("access.log", "access.log-20261121")
			b.write("access.log", second)
			b.once()
			b.pack("access.log-20261121", ".zst")
			b.write("access.log", third)
			b.once()
		},
		"the day before the ending": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.write("access.log", second)
			b.rename("access.log", "access-20261122.log")
			b.write("access.log", third)
			b.once()
			b.pack("access-20261122.log", ".gz")
		},
		"copied and truncated": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.write("access.log", second)
			b.copyLog()
			b.truncateLog()
			b.write("access.log", third)
		},
		"looked at between copy and truncation": func(b *bench) {
			b.write("access.log", first+second)
			b.copyLog()
			b.once()
			b.truncateLog()
			b.once()
			b.write("access.log", third)
		},
		"truncated and longer than before": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.copyLog()
			b.truncateLog()
			b.write("access.log", second+third)
		},
		"many files at the first start": func(b *bench) {
			b.write("access.log.2", first)
			b.pack("access.log.2", ".gz")
			b.write("access.log.1", second)
			b.write("access.log", third)
		},
		"only rotated files": func(b *bench) {
			b.write("access.log.2", first+second)
			b.pack("access.log.2", ".zst")
			b.write("access.log.1", third)
		},
		"generations move on": func(b *bench) {
			b.write("access.log", first)
			b.once()
			b.rename("access.log", "access.log.1")
			b.write("access.log", second)
			b.once()
			b.pack("access.log.1", ".gz")
			b.rename("access.log.1.gz", "access.log.2.gz")
			b.rename("access.log", "access.log.1")
			b.write("access.log", third)
			b.once()
		},
		"gone and back": func(b *bench) {
			b.write("access.log", first+second+third)
			b.once()
			b.rename("access.log", "elsewhere")
			b.once()
			b.rename("elsewhere", "access.log")
			b.once()
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			steps(b)
			b.once()
			b.has(all)
			b.once()
			b.has(all)
		})
	}
}

// TestRotatedLogOfAPattern looks for the end of a log that has no file of its own
// name any more.
func TestRotatedLogOfAPattern(t *testing.T) {
	for name, pattern := range map[string]string{"any": "*.log", "parts": "a*s.log", "domain": "{domain}.log"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.config = strings.Replace(b.config, "/access.log", "/"+pattern, 1)
			b.write("access.log", request("a.example", 20, 1))
			b.once()
			b.write("access.log", request("a.example", 21, 20))
			b.rename("access.log", "access.log.1")
			b.once()
			b.has(map[string]int64{"a.example 2026-11-20": 1, "a.example 2026-11-21": 20})
		})
	}
}

// TestAnyRotation writes lines, rotates in every way, and lets the collector
// run, be killed and lose its last commits to a power failure, in any order.
func TestAnyRotation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := &machine{bench: newBench(t), want: map[string]int64{}}
		m.t = r
		r.Repeat(map[string]func(*rapid.T){
			"write":           m.writeLines,
			"half a line":     m.writeHalf,
			"rename":          m.rotate,
			"copy, truncate":  m.copyTruncate,
			"compress":        m.compress,
			"collect":         func(*rapid.T) { m.once() },
			"remember":        m.remember,
			"power failure":   m.powerFailure,
			"target is away":  func(*rapid.T) { m.target.away = errors.New("away") },
			"target is there": func(*rapid.T) { m.target.away = nil },
		})
		m.endLine()
		m.target.away = nil
		m.once()
		m.has(m.want)
	})
}

// machine is a bench whose log is written and rotated.
type machine struct {
	*bench
	want    map[string]int64
	lines   int
	half    string // what is missing of the last line
	current bool   // there is an access.log
	rotated int    // how many generations there are
}

func (m *machine) writeLines(r *rapid.T) {
	m.endLine()
	for range rapid.IntRange(1, 30).Draw(r, "lines") {
		m.write("access.log", m.line(r))
	}
	m.current = true
}

// line returns a line that no other is like.
func (m *machine) line(r *rapid.T) string {
	domain := rapid.SampledFrom([]string{"a.example", "b.example"}).Draw(r, "domain")
	day := rapid.IntRange(19, 22).Draw(r, "day")
	m.lines++
	m.want[fmt.Sprintf("%s 2026-11-%d", domain, day)] += int64(m.lines)
	return request(domain, day, m.lines)
}

func (m *machine) writeHalf(r *rapid.T) {
	m.endLine()
	line := m.line(r)
	cut := rapid.IntRange(1, len(line)-1).Draw(r, "cut")
	m.write("access.log", line[:cut])
	m.half, m.current = line[cut:], true
}

func (m *machine) endLine() {
	if m.half != "" {
		m.write("access.log", m.half)
		m.half = ""
	}
}

// shift makes place for a new access.log.1.
func (m *machine) shift() {
	for i := m.rotated; i >= 1; i-- {
		for _, ending := range []string{"", ".gz", ".zst"} {
			from := fmt.Sprintf("access.log.%d%s", i, ending)
			if _, err := os.Stat(filepath.Join(m.dir, from)); err == nil {
				m.rename(from, fmt.Sprintf("access.log.%d%s", i+1, ending))
			}
		}
	}
	m.rotated++
}

func (m *machine) rotate(*rapid.T) {
	m.endLine()
	if m.current {
		m.shift()
		m.rename("access.log", "access.log.1")
		m.current = false
	}
}

func (m *machine) copyTruncate(r *rapid.T) {
	m.endLine()
	if !m.current {
		return
	}
	m.shift()
	m.copyLog()
	if rapid.Bool().Draw(r, "collect between") {
		m.once()
	}
	m.truncateLog()
}

// compress packs a rotated file that is not.
func (m *machine) compress(r *rapid.T) {
	for i := m.rotated; i >= 1; i-- {
		name := fmt.Sprintf("access.log.%d", i)
		if _, err := os.Stat(filepath.Join(m.dir, name)); err == nil {
			m.pack(name, rapid.SampledFrom([]string{".gz", ".zst"}).Draw(r, "packing"))
			return
		}
	}
}

// remember keeps the state as it is on the disk.
func (m *machine) remember(*rapid.T) {
	m.check(os.RemoveAll(filepath.Join(m.dir, "kept")))
	if _, err := os.Stat(filepath.Join(m.dir, "state")); err == nil {
		m.check(os.CopyFS(filepath.Join(m.dir, "kept"), os.DirFS(filepath.Join(m.dir, "state"))))
	}
}

// powerFailure takes the state back to what was remembered.
func (m *machine) powerFailure(*rapid.T) {
	if _, err := os.Stat(filepath.Join(m.dir, "kept")); err == nil {
		m.check(os.RemoveAll(filepath.Join(m.dir, "state")))
		m.check(os.CopyFS(filepath.Join(m.dir, "state"), os.DirFS(filepath.Join(m.dir, "kept"))))
	}
}

// TestCopyInTheMaking looks at a copy of which little is there yet: rotation by
// copytruncate, and compression, take their time.
func TestCopyInTheMaking(t *testing.T) {
	b := newBench(t)
	for i := range 20 {
		b.write("access.log", request("a.example", 22, 1000+i))
	}
	b.once()
	text, err := os.ReadFile(filepath.Join(b.dir, "access.log"))
	b.check(err)
	b.write("access.log.1", string(text[:200]))
	b.once()
	b.write("access.log.1", string(text[200:]))
	b.truncateLog()
	b.write("access.log", request("a.example", 22, 1))
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 20191})
}
