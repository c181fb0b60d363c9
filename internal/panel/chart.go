package panel

import (
	"math"

	"github.com/hostledger/hostledger/ledger"
)

// chart is a drawing of bars, for an SVG of chartWidth by chartHeight, and what
// panel.js needs to draw it again so that it can be explored.
type chart struct {
	Width, Height, Left, Bottom float64
	Columns                     []chartColumn
	Ticks                       []tick // of the vertical axis, from the bottom up
	Labels                      []tick // of the horizontal axis
	Data                        chartData
}

// chartColumn is a bar: a piece for each protocol that has traffic.
type chartColumn struct {
	Title  string
	Pieces []piece
}

type piece struct {
	Class               string
	X, Y, Width, Height float64
}

// tick is a mark at a place of an axis.
type tick struct {
	At   float64
	Text string
}

// chartData is the chart for panel.js: times in Unix seconds at midnight UTC,
// bytes by protocol.
type chartData struct {
	Locale  string        `json:"locale"`
	ByMonth bool          `json:"byMonth"`
	Times   []int64       `json:"times"`
	Series  []chartSeries `json:"series"`
}

type chartSeries struct {
	Name  string    `json:"name"`
	Class string    `json:"class"`
	Bytes []float64 `json:"bytes"`
}

const (
	chartWidth, chartHeight = 760, 240
	chartLeft, chartBottom  = 64, 26 // room for the axes
	chartTop                = 10
	mostLabels              = 8 // of the horizontal axis
)

func (v *visit) chartOf(t *trafficView) chart {
	c := chart{Width: chartWidth, Height: chartHeight, Left: chartLeft, Bottom: chartHeight - chartBottom}
	highest := 0.0
	for _, b := range t.Bars {
		highest = max(highest, float64(b.AtMost()))
	}
	step := niceStep(highest)
	top := step * max(1, math.Ceil(highest/step))
	height := func(bytes float64) float64 { return round(bytes / top * (c.Bottom - chartTop)) }
	for at := 0.0; at <= top; at += step {
		c.Ticks = append(c.Ticks, tick{c.Bottom - height(at), v.reader.Bytes(toBytes(at))})
	}
	slot := (chartWidth - chartLeft) / float64(max(1, len(t.Bars)))
	every := (len(t.Bars) + mostLabels - 1) / mostLabels
	for i, b := range t.Bars {
		x := chartLeft + float64(i)*slot
		if i%every == 0 {
			c.Labels = append(c.Labels, tick{round(x + slot/2), v.dateLabel(b.Date, t.ByMonth)})
		}
		column, y := chartColumn{Title: v.barTitle(b, t.ByMonth)}, c.Bottom
		for n, protocol := range protocols {
			if h := height(float64(b.Protocol(n))); h > 0 {
				y -= h
				column.Pieces = append(column.Pieces, piece{protocol.Class, round(x + slot*0.12), round(y), round(slot * 0.76), h})
			}
		}
		c.Columns = append(c.Columns, column)
	}
	c.Data = v.chartData(t)
	return c
}

func (v *visit) chartData(t *trafficView) chartData {
	data := chartData{Locale: v.reader.Locale(), ByMonth: t.ByMonth}
	for _, b := range t.Bars {
		data.Times = append(data.Times, b.Date.Time().Unix())
	}
	for n, protocol := range protocols {
		series := chartSeries{Name: protocol.Name, Class: protocol.Class}
		for _, b := range t.Bars {
			series.Bytes = append(series.Bytes, float64(b.Protocol(n)))
		}
		data.Series = append(data.Series, series)
	}
	return data
}

func (v *visit) dateLabel(d ledger.Date, isMonth bool) string {
	if isMonth {
		return v.reader.Month(d)
	}
	return v.reader.ShortDate(d)
}

func (v *visit) barTitle(b bar, isMonth bool) string {
	when := v.reader.Date(b.Date)
	if isMonth {
		when = v.reader.Month(b.Date)
	}
	return when + ": " + v.reader.Bytes(b.AtMost())
}

// niceStep returns a distance of ticks, 1, 2 or 5 times a power of ten, of
// which up to five reach a height.
func niceStep(highest float64) float64 {
	if highest <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(highest/4)))
	for _, times := range []float64{1, 2, 5} {
		if highest/(power*times) <= 5 {
			return max(1, power*times)
		}
	}
	return max(1, power*10)
}

func toBytes(f float64) uint64 {
	if f >= math.MaxUint64 {
		return math.MaxUint64
	}
	return uint64(f)
}

// round keeps coordinates short.
func round(f float64) float64 { return math.Round(f*10) / 10 }
