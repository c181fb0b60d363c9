package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hostledger/hostledger/bench/process"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// decodeInput is a packet that is only read.
type decodeInput struct {
	packet []byte
	nodes  int    // all of them, the invalid one included
	answer string // what it has to be refused with
	file   string // where other programs find it
}

// The packet's last node, well-formed and against the schema: it has no dom_id.
const invalidNode = "<set_traffic>\n   <date>2026-01-01</date>\n</set_traffic>\n"

// newDecodeInput makes a packet of about so many bytes that is valid up to its
// last node. The API reads and checks a packet whole before it executes any of
// it; as the last node is invalid, the clock sees all of the reading and none
// of the executing. That the answer names the last node's line shows that
// everything before it was read and found valid.
func newDecodeInput(size int) *decodeInput {
	const sites, decodeDay = 200_000, ledger.Date(20260101)
	packet := append(make([]byte, 0, size+1024), packetOf...)
	nodes := 0
	for len(packet) < size {
		packet = appendNode(packet, record(int64(nodes%sites)+1, decodeDay.AddDays(nodes/sites), 0))
		nodes++
	}
	line := bytes.Count(packet, []byte{'\n'}) + 2
	packet = append(packet, invalidNode+packetTo...)
	return &decodeInput{packet: packet, nodes: nodes + 1, answer: fmt.Sprintf(
		"Error in line %d: Element 'date': This element is not expected. Expected is ( dom_id ).", line)}
}

// spaced returns the packet with a space before the end of every tag, so that
// none of them is what the reader expects to the letter.
func (d *decodeInput) spaced() *decodeInput { return d.with(">", " >") }

// commented returns the packet with a comment before the end of every element,
// so that no value is one piece of text.
func (d *decodeInput) commented() *decodeInput { return d.with("</", "<!-- --></") }

func (d *decodeInput) with(text, replacement string) *decodeInput {
	return &decodeInput{
		packet: bytes.ReplaceAll(d.packet, []byte(text), []byte(replacement)), nodes: d.nodes, answer: d.answer,
	}
}

// measureDecode reads the packet by Hostledger, by libxml2's SAX parser, by
// encoding/xml and, where it is installed, by xmllint.
func (b *bench) measureDecode(r round) error {
	if err := b.prepareDecode(); err != nil {
		return err
	}
	plain, spaced, commented := b.decode[0], b.decode[1], b.decode[2]
	for _, reading := range []struct {
		figure figure
		input  *decodeInput
		read   func(*decodeInput) (seconds float64, err error)
	}{
		{decodeOurs, plain, timed((*decodeInput).readOurs)},
		{decodeSAX, plain, b.readSAX},
		{decodeToken, plain, timed((*decodeInput).readTokens)},
		{decodeXMLLint, plain, timed(b.readXMLLint)},
		{spacedOurs, spaced, timed((*decodeInput).readOurs)},
		{spacedSAX, spaced, b.readSAX},
		{commentedOurs, commented, timed((*decodeInput).readOurs)},
		{commentedSAX, commented, b.readSAX},
	} {
		seconds, err := reading.read(reading.input)
		if err != nil {
			return err
		}
		if seconds > 0 {
			r[reading.figure] = float64(len(reading.input.packet)) / 1e6 / seconds
		}
	}
	return nil
}

// timed tells how long something takes that may also fail.
func timed(read func(*decodeInput) error) func(*decodeInput) (float64, error) {
	return func(d *decodeInput) (float64, error) {
		start := time.Now()
		err := read(d)
		return time.Since(start).Seconds(), err
	}
}

// prepareDecode makes the packet in its forms, and files of them.
func (b *bench) prepareDecode() error {
	if b.decode != nil {
		return nil
	}
	plain := newDecodeInput(b.sizes.decodeBytes)
	inputs := []*decodeInput{plain, plain.spaced(), plain.commented()}
	for i, input := range inputs {
		input.file = filepath.Join(b.dir, fmt.Sprintf("packet%d.xml", i+1))
		if err := os.WriteFile(input.file, input.packet, 0o600); err != nil {
			return err
		}
	}
	b.decode = inputs
	return nil
}

// readOurs has the packet read and checked as the server does it.
func (d *decodeInput) readOurs() error {
	api := &xmlapi.API{Limits: xmlapi.DefaultLimits, Log: slog.New(slog.DiscardHandler)}
	request := xmlapi.Request{
		Body:         bytes.NewReader(d.packet),
		Authenticate: func(context.Context) (ledger.Identity, error) { return ledger.Identity{Role: ledger.RoleAdmin}, nil },
	}
	var answer bytes.Buffer
	if err := api.Answer(context.Background(), request, &answer); err != nil {
		return err
	}
	if !bytes.Contains(answer.Bytes(), []byte(d.answer)) {
		return fmt.Errorf("the packet was refused with %q instead of %q", answer.String(), d.answer)
	}
	return nil
}

// readTokens reads the packet token by token and takes nothing from it.
func (d *decodeInput) readTokens() error {
	decoder := xml.NewDecoder(bytes.NewReader(d.packet))
	nodes := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "set_traffic" {
			nodes++
		}
	}
	if nodes != d.nodes {
		return fmt.Errorf("encoding/xml found %d nodes instead of %d", nodes, d.nodes)
	}
	return nil
}

// readXMLLint parses the packet by libxml2's pull reader, in a process that is
// started for it.
func (b *bench) readXMLLint(d *decodeInput) error {
	return process.Run(exec.CommandContext(b.ctx, "xmllint", "--stream", "--noout", d.file))
}
