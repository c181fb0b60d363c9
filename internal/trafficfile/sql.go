package trafficfile

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// scanner goes through SQL as mysqldump and mariadb-dump write it.
type scanner struct {
	from   io.Reader
	buffer []byte
	window []byte // of the buffer: what has been read and not taken
	line   int    // that it is on
	err    error  // that ended the text: io.EOF or one of reading
	text   []byte // that was taken last
}

func newScanner(from io.Reader) scanner {
	return scanner{from: from, buffer: make([]byte, bufferBytes), line: 1}
}

// mostText bounds what is kept of a name or value; no more is needed.
const mostText = 1024

// has reads until so many characters can be looked at, or the end.
func (s *scanner) has(n int) bool {
	for len(s.window) < n && s.err == nil {
		kept := copy(s.buffer, s.window)
		more, err := s.from.Read(s.buffer[kept:])
		s.window = s.buffer[:kept+more]
		s.err = err
	}
	return len(s.window) >= n
}

// isAtEnd tells whether all was taken.
func (s *scanner) isAtEnd() bool { return !s.has(1) }

// peek returns the next character, 0 at the end.
func (s *scanner) peek() byte {
	if len(s.window) == 0 && !s.has(1) {
		return 0
	}
	return s.window[0]
}

// next takes the next character.
func (s *scanner) next() (c byte, ok bool) {
	if len(s.window) == 0 && !s.has(1) {
		return 0, false
	}
	c = s.window[0]
	s.window = s.window[1:]
	if c == '\n' {
		s.line++
	}
	return c, true
}

// take takes the next character if it is a certain one.
func (s *scanner) take(c byte) bool {
	if s.isAtEnd() || s.window[0] != c {
		return false
	}
	_, _ = s.next()
	return true
}

// begins tells whether the text goes on with two characters.
func (s *scanner) begins(two string) bool { return s.has(2) && string(s.window[:2]) == two }

// space takes white space and comments.
func (s *scanner) space() {
	for {
		switch c := s.peek(); {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			_, _ = s.next()
		case c == '#' || c == '-' && s.begins("--"):
			s.restOfLine()
		case c == '/' && s.begins("/*"):
			s.comment()
		default:
			return
		}
	}
}

// comment takes a comment. Those that MySQL executes are none that matter here.
func (s *scanner) comment() {
	_, _ = s.next()
	_, _ = s.next()
	for last := byte(0); ; {
		c, ok := s.next()
		if !ok || last == '*' && c == '/' {
			return
		}
		last = c
	}
}

// restOfLine takes a line to its end and returns how it begins.
func (s *scanner) restOfLine() []byte {
	s.text = s.text[:0]
	for {
		c, ok := s.next()
		if !ok || c == '\n' {
			return s.text
		}
		s.keep(c)
	}
}

func (s *scanner) keep(c byte) {
	if len(s.text) < mostText {
		s.text = append(s.text, c)
	}
}

// word takes a word, number or the like, in front of which there may be space.
// What is returned is good until something else is taken.
func (s *scanner) word() []byte {
	s.space()
	s.text = s.text[:0]
	for s.has(1) && isOfWord[s.window[0]] {
		s.keep(s.window[0])
		s.window = s.window[1:]
	}
	return s.text
}

var isOfWord = func() (is [256]bool) {
	for c := range is {
		is[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || strings.IndexByte("_$.+-", byte(c)) >= 0
	}
	return is
}()

// identifier takes a name, quoted or not.
func (s *scanner) identifier() string {
	s.space()
	if c := s.peek(); c == '`' || c == '"' {
		return string(s.quoted())
	}
	return string(s.word())
}

// quoted takes what stands in quotation marks and returns what it means.
func (s *scanner) quoted() []byte {
	s.text = s.text[:0]
	mark, _ := s.next()
	for {
		c, ok := s.next()
		switch {
		case !ok:
			return s.text
		case c == mark:
			if !s.take(mark) { // two of them stand for one
				return s.text
			}
		case c == '\\' && mark != '`':
			if c, ok = s.next(); !ok {
				return s.text
			}
			c = unescaped(c)
		}
		s.keep(c)
	}
}

func unescaped(c byte) byte {
	switch c {
	case '0':
		return 0
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// value takes a literal and returns what it means, "" for NULL. It is good until
// something else is taken.
func (s *scanner) value() []byte {
	word := s.word()
	if len(word) > 0 && word[0] == '_' {
		s.space() // the word says in which character set the text behind it is
	}
	if c := s.peek(); c == '\'' || c == '"' {
		return s.quoted()
	}
	if len(word) == 4 && strings.EqualFold(string(word), "NULL") {
		return nil
	}
	return word
}

// skip takes all up to one of the characters outside of quotation marks,
// parentheses and comments, which it leaves, or to the end.
func (s *scanner) skip(until string) {
	for depth := 0; ; {
		c := s.peek()
		switch {
		case s.isAtEnd() || depth == 0 && strings.IndexByte(until, c) >= 0:
			return
		case c == '\'' || c == '"' || c == '`':
			s.quoted()
			continue
		case c == '#' || c == '-' && s.begins("--") || c == '/' && s.begins("/*"):
			s.space()
			continue
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		}
		_, _ = s.next()
	}
}

// statement takes the rest of a statement.
func (s *scanner) statement() {
	s.skip(";")
	_ = s.take(';')
}

// broken returns why the text cannot go on as it does.
func (s *scanner) broken() error {
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return s.err
	}
	if s.isAtEnd() {
		return fmt.Errorf("line %d: the dump is cut off", s.line)
	}
	return fmt.Errorf("line %d: not what mysqldump writes: %q", s.line, s.peek())
}
