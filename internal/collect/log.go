package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// log is a log of a source with how far it was read.
type log struct {
	logPath
	source      *Source
	id          int64 // in the state
	parser      parser
	generations []*generation
	cursor      string               // of the journal's last line
	looked      map[string]fileState // files by path, as they were when they were read
	places      map[string]uint64    // inodes by path, as they were listed last
	problems    [problemCount]mishap // since the last commit
	changed     bool                 // since the last commit
	failed      error                // why the last go could not read it
}

// reading is one go through all logs.
type reading struct {
	*Collector
	today ledger.Date
	files map[fileID][]*log // whose lines are read as the logs', so that none counts twice
	total int64             // bytes there are to read, as far as files tell
	done  int64
}

// work is a log with the files that may have something new.
type work struct {
	*log
	parts []part
}

// all reads what is new. What cannot be read is told of and does not keep the
// others from being read.
func (r *reading) all(ctx context.Context, journals bool) error {
	var todo []work
	for _, source := range r.sources {
		logs, err := r.logsOf(ctx, source)
		if err != nil {
			return err
		}
		for _, l := range logs {
			w := work{log: l}
			if len(source.Journal) == 0 {
				w.parts = r.find(l)
			}
			todo = append(todo, w)
		}
	}
	for _, w := range todo {
		var err error
		if len(w.source.Journal) == 0 {
			err = r.readFiles(ctx, w.log, w.parts)
		} else if journals {
			err = r.journal(ctx, w.log)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// logsOf returns the logs that a source has now. New ones come from the state.
func (r *reading) logsOf(ctx context.Context, source *watched) (logs []*log, err error) {
	paths := []logPath{{path: source.journalName()}}
	if len(source.Journal) == 0 {
		paths = nil
		for _, p := range source.patterns {
			found, err := p.findLogs()
			if err != nil {
				return nil, err
			}
			r.tellEmpty(p, len(found) == 0)
			paths = append(paths, found...)
		}
	}
	for _, path := range paths {
		key := logKey{source.Format, path.path}
		l := r.logs[key]
		if l == nil {
			if l, err = r.state.loadLog(ctx, source.Source, path); err != nil {
				return nil, fmt.Errorf("reading %w: %w", errState, err)
			}
			r.logs[key] = l
		}
		logs = append(logs, l)
	}
	return logs, nil
}

// tellEmpty warns of a pattern that matches no log, once.
func (r *reading) tellEmpty(p *pattern, isEmpty bool) {
	if isEmpty && !p.isEmpty {
		r.log.Warn("there is no such log yet", "files", p.glob)
	}
	p.isEmpty = isEmpty
}

// fileID is what tells a file from others, whatever names it has.
type fileID struct{ device, inode uint64 }

// claim makes the files the log's, and leaves out those that another log has that
// counts the same.
func (r *reading) claim(l *log, candidates []candidate) (own []candidate, err error) {
	for _, c := range candidates {
		id := fileID{c.device, c.inode}
		other := slices.IndexFunc(r.files[id], func(o *log) bool { return o != l && o.source.fills()&l.source.fills() != 0 })
		if c.inode != 0 && other >= 0 {
			err = fmt.Errorf("%s is read as %s already: its lines would count twice", c.path, r.files[id][other].path)
			continue
		}
		if !slices.Contains(r.files[id], l) {
			r.files[id] = append(r.files[id], l)
		}
		own = append(own, c)
	}
	return own, err
}

// mostListings bounds how often the folder of a log is listed until it is
// settled which files there are.
const mostListings = 10

// find returns the files of a log that may have something new. Older ones are
// read before newer ones, so none may be missed because it gets another name
// meanwhile.
func (r *reading) find(l *log) (parts []part) {
	for range mostListings {
		candidates, err := l.candidates()
		if err == nil && len(candidates) == 0 {
			err = fmt.Errorf("open %s: %w", l.path, fs.ErrNotExist)
		}
		if err == nil {
			candidates, err = r.claim(l, candidates)
		}
		r.outcome(l, err)
		if !l.isListedAgain(candidates) {
			continue
		}
		var settled bool
		if parts, settled = l.parts(candidates, r.today); settled {
			break
		}
	}
	for _, p := range parts {
		r.total += p.size
		if p.packing == plain {
			r.total -= p.of.offset
		}
	}
	return parts
}

// isListedAgain tells whether all files of a log are where the listing before
// had them. While files get other names, a listing may lack one of them.
func (l *log) isListedAgain(candidates []candidate) bool {
	before := l.places
	l.places = make(map[string]uint64, len(candidates))
	for i := range candidates {
		l.places[candidates[i].path] = candidates[i].inode
	}
	return maps.Equal(before, l.places)
}

// outcome notes whether a log could be read, and tells when that changes.
func (r *reading) outcome(l *log, err error) {
	if err != nil && (l.failed == nil || l.failed.Error() != err.Error()) {
		r.log.Warn("a log cannot be read", "log", l.path, "err", err)
	} else if err == nil && l.failed != nil {
		r.log.Info("a log can be read again", "log", l.path)
	}
	l.failed = err
}

// readFiles reads what is new in the files of a log.
func (r *reading) readFiles(ctx context.Context, l *log, parts []part) error {
	for i := range parts {
		p := &parts[i]
		err := r.file(ctx, l, p)
		switch {
		case errors.Is(err, errState):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case hasGone(err):
			// It is read in its new place, before those that are newer.
			l.looked = map[string]fileState{}
			return r.readFiles(ctx, l, r.find(l))
		case err != nil:
			r.outcome(l, fmt.Errorf("%s: %w", p.path, err))
		}
	}
	return nil
}

func (r *reading) file(ctx context.Context, l *log, p *part) error {
	g := p.of
	l.changed = l.changed || g.changed
	if p.packing == plain && p.size <= g.offset {
		return nil
	}
	content, err := p.open(g.offset)
	if err != nil {
		return err
	}
	defer content.close()
	if p.packing == plain {
		content.Reader = &steadyReader{content.file, g}
	}
	began, before := content.consumed(), r.done
	parse, lines := r.parse(l, p.changed), int64(0)
	each := func(line []byte) {
		lines++
		parse(line)
	}
	return readLines(content, r.buffer, p.packing != plain, each, r.tooLong,
		func(chunk []byte) error {
			if g.offset == 0 && lines > 0 && r.found.problems[notUnderstood].count == lines {
				example := r.found.problems[notUnderstood].example
				r.found.problems = [problemCount]mishap{}
				return fmt.Errorf("no line is of the format %s; nothing was read of it: %q", l.source.Format, example)
			}
			g.offset += int64(len(chunk))
			g.changed = true
			r.done = before + content.consumed() - began
			return r.chunkDone(ctx, l)
		})
}

// parse returns what reads the lines of a log that were written until an
// instant.
func (r *reading) parse(l *log, until time.Time) func(line []byte) {
	from := &origin{domain: l.domain, latest: ledger.DateOf(until.In(r.config.Zone)).AddDays(1), zone: r.config.Zone}
	if from.domain == "" {
		from.domain = l.source.Domain
	}
	return func(line []byte) { l.parser.parse(line, from, r.found) }
}

func (r *reading) tooLong(line []byte) { r.found.miss(tooLong, line) }

// chunkDone notes that a log was read on, and keeps what was found now and
// then.
func (r *reading) chunkDone(ctx context.Context, l *log) error {
	l.changed = true
	l.takeProblems(r.found)
	r.progress(r.done, r.total)
	if r.found.records > mostRecords || time.Since(r.committed) > commitEvery {
		if err := r.commit(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// takeProblems makes what could not be counted the log's.
func (l *log) takeProblems(found *tally) {
	for kind, m := range found.problems {
		if m.count > 0 {
			l.problems[kind].count += m.count
			l.problems[kind].example = m.example
			found.problems[kind] = mishap{}
		}
	}
}
