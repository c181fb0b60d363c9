package collect

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/hostledger/hostledger/ledger"
)

// generation is a file that a log is, or was, in. Rotation renames it, copies
// it and compresses it; it is known by its inode, and by what its content
// begins with.
type generation struct {
	id            int64 // 0: not in the state yet
	path          string
	device, inode uint64
	head          []byte // what the content begins with, up to headMost
	offset        int64  // in the content, where the next line begins
	seen          ledger.Date
	changed       bool // since the last commit
}

// headMost is how much of the beginning of a file it is known by.
const headMost = 1024

// errReplaced says that another file came into the place of one that was found
// a moment ago.
var errReplaced = errors.New("the file was replaced meanwhile")

// hasGone tells whether a file could not be opened because it has another name
// now.
func hasGone(err error) bool {
	return errors.Is(err, errReplaced) || errors.Is(err, fs.ErrNotExist)
}

// readHead returns the beginning of a candidate's content. Of a file that is
// still being compressed there may be less than the beginning, which is an error.
func (c *candidate) readHead() ([]byte, error) {
	u, err := c.open(0)
	if err != nil {
		return nil, err
	}
	defer u.close()
	return io.ReadAll(io.LimitReader(u, headMost))
}

// isKnownBy tells whether a head is enough to know a candidate by: a whole line
// at least, unless there is no more to come.
func (c *candidate) isKnownBy(head []byte) bool {
	return bytes.IndexByte(head, '\n') >= 0 || len(head) == headMost || c.packing != plain && len(head) > 0
}

// beginsAs tells whether content with this head may be the generation's.
func (g *generation) beginsAs(head []byte) bool {
	return len(g.head) > 0 && bytes.HasPrefix(head, g.head)
}

// mayBecome tells whether content that begins with this head, and has no more
// yet, may be a copy of the generation's that is being made.
func (g *generation) mayBecome(head []byte) bool { return bytes.HasPrefix(g.head, head) }

// steadyReader reads a plain file as long as it begins as its generation does.
// One that was truncated and written anew since it was looked at ends with
// errReplaced, before anything of its new content is returned.
type steadyReader struct {
	file *os.File
	is   *generation
}

func (r *steadyReader) Read(b []byte) (int, error) {
	n, err := r.file.Read(b)
	if n == 0 {
		return 0, err
	}
	head := make([]byte, len(r.is.head))
	if _, headErr := r.file.ReadAt(head, 0); headErr != nil && !errors.Is(headErr, io.EOF) {
		return 0, headErr
	}
	if !r.is.beginsAs(head) {
		return 0, errReplaced
	}
	return n, err
}

// isAt tells whether a candidate is the generation's file itself.
func (g *generation) isAt(c *candidate, head []byte) bool {
	return c.inode != 0 && c.inode == g.inode && c.device == g.device && g.beginsAs(head) &&
		(c.packing != plain || c.size >= g.offset)
}

// moveTo notes where the generation's file is now, and how it begins.
func (g *generation) moveTo(c *candidate, head []byte, today ledger.Date) {
	if g.path != c.path || g.device != c.device || g.inode != c.inode || g.seen != today || len(head) > len(g.head) {
		g.changed = true
	}
	g.path, g.device, g.inode, g.seen = c.path, c.device, c.inode, today
	if len(head) > len(g.head) {
		g.head = head
	}
}

// part is a file with the generation that it is.
type part struct {
	candidate
	of *generation
}

// fileState is what a file was like when it was looked at.
type fileState struct {
	inode   uint64
	size    int64
	changed int64
}

// parts finds out which generation each candidate is, and returns those that
// may have something to read, in order. A candidate that is a copy of another
// one, as rotation makes it before it truncates or removes the other, is left
// out as long as both are there.
//
// It is not settled which files there are when one of them is new or has gone:
// another one may have got its name while the folder was listed.
func (l *log) parts(candidates []candidate, today ledger.Date) (parts []part, settled bool) {
	known := len(l.generations)
	settled = true
	taken := map[*generation]bool{}
	heads := make([][]byte, len(candidates))
	is := make([]*generation, len(candidates))
	looked := make(map[string]fileState, len(candidates))
	for i := range candidates {
		c := &candidates[i]
		now := fileState{c.inode, c.size, c.changed.UnixNano()}
		if g := l.at(c); g != nil && l.looked[c.path] == now && g.seen == today {
			taken[g], looked[c.path] = true, now
			continue // nothing new
		}
		head, err := c.readHead()
		settled = settled && !hasGone(err)
		if err != nil || !c.isKnownBy(head) {
			continue // being written, replaced or without a line yet
		}
		heads[i], looked[c.path] = head, now
		for _, g := range l.generations {
			if !taken[g] && g.isAt(c, head) {
				is[i], taken[g] = g, true
				break
			}
		}
	}
	for i := range candidates {
		c := &candidates[i]
		if heads[i] == nil {
			continue
		}
		if is[i] == nil {
			is[i] = l.copied(heads[i], taken)
		}
		if is[i] == nil {
			delete(looked, c.path)
			continue
		}
		taken[is[i]] = true
		is[i].moveTo(c, heads[i], today)
		parts = append(parts, part{*c, is[i]})
	}
	if settled = settled && len(l.generations) == known; settled {
		l.looked = looked
	}
	return parts, settled
}

// at returns the generation that was last seen in a candidate's place.
func (l *log) at(c *candidate) *generation {
	for _, g := range l.generations {
		if g.path == c.path && g.device == c.device && g.inode == c.inode {
			return g
		}
	}
	return nil
}

// copied returns the generation that begins as a file does: one that is in no
// other file now, or else a new one. It is nil for a copy of what another file
// still holds, and for one of which too little is there to tell.
func (l *log) copied(head []byte, taken map[*generation]bool) *generation {
	for _, g := range l.generations {
		switch {
		case g.beginsAs(head) && !taken[g]:
			return g
		case g.beginsAs(head), g.mayBecome(head):
			return nil
		}
	}
	g := &generation{}
	l.generations = append(l.generations, g)
	return g
}
