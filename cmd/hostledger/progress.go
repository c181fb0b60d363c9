package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how much of a file has been dealt with, once
// that takes longer than a moment.
type progress struct {
	bar   *progressbar.ProgressBar // nil until it is shown
	file  *os.File
	began time.Time
}

func newProgress(file *os.File) *progress { return &progress{file: file, began: time.Now()} }

const aMoment = time.Second

// show draws the bar with so many bytes done.
func (p *progress) show(done int64) {
	if !isTerminal(os.Stderr) || time.Since(p.began) < aMoment {
		return
	}
	if p.bar == nil {
		size := int64(-1) // a pipe: nobody knows
		if info, err := p.file.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		p.bar = progressbar.NewOptions64(size, progressbar.OptionSetWriter(os.Stderr),
			progressbar.OptionShowBytes(true), progressbar.OptionUseIECUnits(true), progressbar.OptionFullWidth(),
			progressbar.OptionThrottle(100*time.Millisecond))
	}
	_ = p.bar.Set64(done) // a terminal that is gone is no reason to stop
}

// clear takes the bar away, so that other text can be written.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
