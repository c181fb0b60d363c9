package xmlapi

import (
	"unicode"
	"unicode/utf8"
)

func isSpace(c byte) bool { return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r') }

// plainText marks the bytes that stand for themselves in the text of an
// element: ASCII without markup, references, and what could end a CDATA section.
var plainText = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c < utf8.RuneSelf && c != '<' && c != '&' && c != ']' || c == '\t' || c == '\n'
	}
	return table
}()

// runOf returns how many bytes of a class the text begins with.
func runOf(class *[256]bool, text []byte) int {
	for i, c := range text {
		if !class[c] {
			return i
		}
	}
	return len(text)
}

// nameBytes marks the ASCII that may stand in a name after its first character.
var nameBytes = func() (table [256]bool) {
	for c := range table {
		table[c] = isNameByte(byte(c), false)
	}
	return table
}()

func isNameByte(c byte, first bool) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == ':':
		return true
	}
	return !first && (c >= '0' && c <= '9' || c == '-' || c == '.')
}

// nameRunes are the characters beyond ASCII that may begin a name (XML 1.0, 2.3).
var nameRunes = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xC0, 0xD6, 1}, {0xD8, 0xF6, 1}, {0xF8, 0x2FF, 1}, {0x370, 0x37D, 1}, {0x37F, 0x1FFF, 1},
		{0x200C, 0x200D, 1}, {0x2070, 0x218F, 1}, {0x2C00, 0x2FEF, 1}, {0x3001, 0xD7FF, 1},
		{0xF900, 0xFDCF, 1}, {0xFDF0, 0xFFFD, 1},
	},
	R32: []unicode.Range32{{0x10000, 0xEFFFF, 1}},
}

func isNameRune(c rune, first bool) bool {
	if unicode.Is(nameRunes, c) && c != utf8.RuneError {
		return true
	}
	return !first && (c == 0xB7 || c >= 0x300 && c <= 0x36F || c == 0x203F || c == 0x2040)
}

// collapse trims white space and makes each run of it one blank, in place, as
// XML Schema's whiteSpace="collapse" does.
func collapse(text []byte) []byte {
	out := text[:0]
	pending := false
	for _, c := range text {
		if isSpace(c) {
			pending = len(out) > 0
			continue
		}
		if pending {
			out = append(out, ' ')
			pending = false
		}
		out = append(out, c)
	}
	return out
}

// trimSpace trims what XML calls white space, which is less than Unicode does.
func trimSpace(text []byte) []byte {
	for len(text) > 0 && isSpace(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && isSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}
