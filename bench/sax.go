package main

import (
	_ "embed"
	"fmt"
	"os/exec"
)

//go:embed reference/sax.c
var saxSource string

// readSAX has libxml2's SAX parser read a packet, and returns the seconds that
// it took without the start of its process.
func (b *bench) readSAX(d *decodeInput) (seconds float64, err error) {
	program, err := b.compile("sax", saxSource, "-I/usr/include/libxml2", "-lxml2")
	if err != nil {
		return 0, err
	}
	output, err := exec.CommandContext(b.ctx, program, d.file).Output()
	if err != nil {
		return 0, fmt.Errorf("running the SAX parser: %w", err)
	}
	var nodes int
	if _, err := fmt.Sscan(string(output), &seconds, &nodes, &b.libxml2); err != nil {
		return 0, fmt.Errorf("the SAX parser printed %q: %w", output, err)
	}
	if nodes != d.nodes {
		return 0, fmt.Errorf("the SAX parser found %d nodes instead of %d", nodes, d.nodes)
	}
	return seconds, nil
}
