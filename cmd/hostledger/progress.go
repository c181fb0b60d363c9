package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how much has been done, once that takes longer
// than a moment.
type progress struct {
	bar     *progressbar.ProgressBar // nil until it is shown
	what    string                   // it is about
	all     int64                    // how much there is to do, -1 when nobody knows
	began   time.Time
	options []progressbar.Option
}

func newProgress(options ...progressbar.Option) *progress {
	return &progress{began: time.Now(), options: options}
}

// newByteProgress returns progress in bytes.
func newByteProgress() *progress {
	return newProgress(progressbar.OptionShowBytes(true), progressbar.OptionUseIECUnits(true))
}

const aMoment = time.Second

// of says what is done from now on and how much there is of it.
func (p *progress) of(what string, all int64) {
	if p.what != what || p.all != all {
		p.clear()
		p.bar, p.what, p.all = nil, what, all
	}
}

// show draws the bar with so much done.
func (p *progress) show(done int64) {
	if !isTerminal(os.Stderr) || time.Since(p.began) < aMoment {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(p.all, append(p.options, progressbar.OptionSetWriter(os.Stderr),
			progressbar.OptionSetDescription(p.what), progressbar.OptionFullWidth(),
			progressbar.OptionThrottle(100*time.Millisecond))...)
	}
	_ = p.bar.Set64(done) // a terminal that is gone is no reason to stop
}

// counted counts what is read.
type counted struct {
	io.Reader
	bytes int64
}

func (c *counted) Read(to []byte) (n int, err error) {
	n, err = c.Reader.Read(to)
	c.bytes += int64(n)
	return n, err
}

// clear takes the bar away, so that other text can be written.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
