package main

import (
	"math"
	"slices"
	"strconv"
)

// unit says how a figure is written.
type unit struct {
	number func(float64) string
	name   string
}

func (u unit) write(v float64) string { return u.number(v) + u.name }

// span writes the least and the greatest of figures.
func (u unit) span(values []float64) string {
	return u.number(slices.Min(values)) + " – " + u.write(slices.Max(values))
}

var (
	speed        = unit{threeDigits, " MB/s"}
	rows         = unit{threeDigits, " rows/s"}
	answers      = unit{threeDigits, "/s"}
	megabytes    = unit{func(v float64) string { return strconv.FormatFloat(v/1e6, 'f', 0, 64) }, " MB"}
	kilobytes    = unit{func(v float64) string { return strconv.FormatFloat(v/1e3, 'f', 0, 64) }, " kB"}
	milliseconds = unit{func(v float64) string { return strconv.FormatFloat(v*1e3, 'f', 2, 64) }, " ms"}
	times        = unit{func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }, " ×"}
	microseconds = unit{func(v float64) string { return strconv.FormatFloat(v*1e6, 'f', 0, 64) }, " µs"}
)

// threeDigits writes a number rounded to three digits, with commas between
// thousands.
func threeDigits(v float64) string {
	if v <= 0 {
		return "0"
	}
	unit := math.Pow(10, max(0, math.Floor(math.Log10(v))-2))
	text := strconv.FormatFloat(math.Round(v/unit)*unit, 'f', 0, 64)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
