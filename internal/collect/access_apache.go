package collect

import (
	"fmt"
	"strings"
)

// apacheFormats are formats that Apache's documentation and packages give names
// to. What counts stands at the same places in all of their variants.
var apacheFormats = map[string]string{
	"":               apacheCombined,
	"common":         `%h %l %u %t "%r" %>s %b`,
	"combined":       apacheCombined,
	"vhost_combined": `%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"`,
	"combinedio":     apacheCombined + " %I %O",
}

const apacheCombined = `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"`

// newApache returns a parser of the format, which is the name of one of
// apacheFormats or what LogFormat has.
func newApache(format string) (*accessLog, error) {
	if known, ok := apacheFormats[format]; ok {
		format = known
	}
	a := &accessLog{}
	rest := format
	for rest != "" {
		i := strings.IndexAny(rest, `%\`)
		if i < 0 {
			i = len(rest)
		}
		a.text(rest[:i])
		if rest = rest[i:]; rest == "" {
			break
		}
		var err error
		if rest, err = a.apacheItem(rest); err != nil {
			return nil, err
		}
	}
	if len(a.fields) == 0 {
		return nil, fmt.Errorf("log_format: %q is none of common, combined, vhost_combined and combinedio, and has no %%", format)
	}
	return a, a.finish("%O, %S with %I, %B or %b tells it")
}

// apacheItem takes a directive or an escaped character off s.
func (a *accessLog) apacheItem(s string) (rest string, err error) {
	if s[0] == '\\' {
		character, rest := apacheEscape(s)
		a.text(character)
		return rest, nil
	}
	if strings.HasPrefix(s, "%%") {
		a.text("%")
		return s[2:], nil
	}
	// The statuses that it is written for, and which of several requests it is of.
	rest = strings.TrimLeft(s[1:], "!0123456789,<>")
	argument := ""
	if strings.HasPrefix(rest, "{") {
		var closed bool
		if argument, rest, closed = strings.Cut(rest[1:], "}"); !closed {
			return "", fmt.Errorf("log_format: %s has no }", s)
		}
		rest = strings.TrimLeft(rest, "<>")
	}
	size := 1
	if strings.HasPrefix(rest, "^") {
		size = 3 // such as ^FB and ^ti
	}
	if len(rest) < size {
		return "", fmt.Errorf("log_format: %s is not a whole directive", s)
	}
	f, err := apacheField(rest[:size], argument)
	f.name = s[:len(s)-len(rest)+size]
	a.fields = append(a.fields, f)
	return rest[size:], err
}

// apacheEscape returns what Apache makes of the backslash that s begins with.
func apacheEscape(s string) (character, rest string) {
	if len(s) > 1 {
		switch s[1] {
		case '"', '\\':
			return s[1:2], s[2:]
		case 't':
			return "\t", s[2:]
		}
	}
	return `\`, s[1:]
}

// apacheField returns the field of a directive.
func apacheField(directive, argument string) (field, error) {
	switch directive {
	case "v":
		return field{holds: serverName}, nil
	case "V":
		return field{holds: hostName, of: unbroken}, nil
	case "O":
		return field{holds: sent}, nil
	case "b", "B":
		return field{holds: sent, rank: 1}, nil
	case "I":
		return field{holds: received}, nil
	case "S":
		return field{holds: exchanged}, nil
	case "t":
		return apacheTime(argument)
	case "a", "A", "D", "k", "L", "p", "P", "s", "T", "X", "^FB":
		return field{}, nil
	case "h", "l":
		return field{of: unbroken}, nil
	case "i":
		if strings.EqualFold(argument, "Host") {
			return field{holds: hostName, rank: 1, of: escaped}, nil
		}
		return field{of: escaped}, nil
	case "C", "e", "f", "H", "m", "n", "o", "q", "R", "r", "u", "U", "^ti", "^to":
		return field{of: escaped}, nil
	}
	return field{of: raw}, nil // of modules, which need not escape
}

// strftime has conversions of a fixed width as Go's reference time.
var strftime = strings.NewReplacer(
	"%Y", "2006", "%m", "01", "%b", "Jan", "%h", "Jan", "%d", "02", "%e", "_2", "%F", "2006-01-02",
	"%H", "15", "%I", "03", "%M", "04", "%S", "05", "%T", "15:04:05", "%R", "15:04", "%p", "PM",
	"%z", "-0700", "%a", "Mon", "%y", "06", "%D", "01/02/06", "%%", "%")

// apacheTime returns the field of %{argument}t.
func apacheTime(argument string) (field, error) {
	argument = strings.TrimPrefix(strings.TrimPrefix(argument, "begin:"), "end:")
	layout := ""
	switch argument {
	case "":
		layout = "[02/Jan/2006:15:04:05 -0700]"
	case "sec", "msec", "usec", "%s":
		return field{holds: when}, nil
	case "msec_frac", "usec_frac":
		return field{}, nil
	default:
		layout = strftime.Replace(argument)
	}
	if strings.Contains(layout, "%") {
		return field{}, fmt.Errorf("log_format: %%{%s}t has parts whose width is not known", argument)
	}
	f := field{stamp: newStamp(layout), width: len(layout)}
	if f.stamp.hasDate() {
		f.holds = when
	}
	return f, nil
}
