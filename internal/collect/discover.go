package collect

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// logPath is a log of a source: a path where a server writes, whose older
// content rotation keeps beside it under other names.
type logPath struct {
	path   string
	domain string // what the path says of the site, "" for nothing
}

// candidate is a file that holds part of a log.
type candidate struct {
	path    string
	device  uint64
	inode   uint64
	size    int64
	changed time.Time
	packing packing
	current bool // the path where the server writes
}

// rotated matches what rotation appends to a log's name: .1, -20261122,
// .2026-11-22, .1.gz and the like.
var rotated = regexp.MustCompile(
	`(?:\.\d{1,4}|[.-](?:\d{4}-\d{2}-\d{2}|\d{8,})[\d._T:-]*)?(?:\.(?:gz|zst|bz2))?$`)

// findLogs returns the logs that a pattern selects. Files that are what
// rotation made of a log stand for that log.
func (p *pattern) findLogs() ([]logPath, error) {
	if !strings.ContainsAny(p.glob, "*?[") {
		return []logPath{{path: p.glob}}, nil // it may be there in a rotated form only
	}
	paths, err := filepath.Glob(p.glob + "*") // with rotated forms of logs that are not there themselves
	if err != nil {
		return nil, err
	}
	var logs []logPath
	for _, path := range paths {
		dir, name := filepath.Split(path)
		path = dir + baseOf(name)
		if matches, _ := filepath.Match(p.glob, path); matches {
			logs = append(logs, logPath{path: path, domain: p.domain(path)})
		}
	}
	slices.SortFunc(logs, func(a, b logPath) int { return cmp.Compare(a.path, b.path) })
	return slices.CompactFunc(logs, func(a, b logPath) bool { return a.path == b.path }), nil
}

// baseOf returns the name of the log that a file is, or was made of by rotation.
func baseOf(name string) string {
	if base := name[:rotated.FindStringIndex(name)[0]]; base != "" {
		name = base
	}
	if dated := datedName.FindStringSubmatch(name); dated != nil {
		name = dated[1] + dated[2]
	}
	return name
}

// datedName matches names with the day of the rotation before their ending.
var datedName = regexp.MustCompile(`^(.+)-\d{8}[\d-]*(\.[^.\d][^.]*)$`)

// candidates returns the files of a log, the oldest first.
func (l *logPath) candidates() (found []candidate, err error) {
	dir, base := filepath.Split(l.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if !isGeneration(name, base) {
			continue
		}
		info, err := os.Stat(dir + name) // and not of a link to it
		if errors.Is(err, fs.ErrNotExist) && entry.Type().IsRegular() {
			found = append(found, candidate{path: dir + name}) // whoever opens it finds that it has gone
			continue
		}
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		found = append(found, newCandidate(dir+name, info, name == base))
	}
	slices.SortFunc(found, func(a, b candidate) int {
		if a.current != b.current {
			return cmp.Compare(boolInt(a.current), boolInt(b.current))
		}
		return cmp.Or(a.changed.Compare(b.changed), cmp.Compare(b.path, a.path))
	})
	return found, nil
}

func newCandidate(path string, info fs.FileInfo, current bool) candidate {
	device, inode := identity(info)
	return candidate{
		path: path, device: device, inode: inode, size: info.Size(), changed: info.ModTime(),
		packing: packingOf(path), current: current,
	}
}

// isGeneration tells whether a file is a log or what rotation made of it.
// logrotate's dateext puts the date before the ending when it is told to.
func isGeneration(name, base string) bool {
	if name == base {
		return true
	}
	if rest, ok := strings.CutPrefix(name, base); ok && rotated.FindStringIndex(rest)[0] == 0 {
		return true
	}
	ending := filepath.Ext(base)
	rest, ok := strings.CutPrefix(name, strings.TrimSuffix(base, ending)+"-")
	if !ok || ending == "" {
		return false
	}
	date, packed, ok := strings.Cut(rest, ending)
	return ok && dateOfRotation.MatchString(date) && (packed == "" || packingOf(packed) != plain)
}

var dateOfRotation = regexp.MustCompile(`^\d{8}[\d-]*$`)

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
