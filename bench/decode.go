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

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// decodeInput is the packet that is only read.
type decodeInput struct {
	packet []byte
	nodes  int    // all of them, the invalid one included
	answer string // what it has to be refused with
	file   string // where xmllint finds it; empty without xmllint
}

// The packet's last node, well-formed and against the schema: it has no dom_id.
const invalidNode = "<set_traffic>\n   <date>2026-01-01</date>\n</set_traffic>\n"

// newDecodeInput makes a packet of about so many bytes that is valid up to its
// last node. The API reads and checks a packet whole before it executes any of
// it; as the last node is invalid, the clock sees all of the reading and none
// of the executing. That the answer names the last node's line shows that
// everything before it was read and found valid.
func newDecodeInput(size int) *decodeInput {
	const sites = 200_000
	packet := append(make([]byte, 0, size+1024), packetOf...)
	nodes := 0
	for len(packet) < size {
		packet = appendNode(packet, record(int64(nodes%sites)+1, firstDay.AddDays(nodes/sites), 0))
		nodes++
	}
	line := bytes.Count(packet, []byte{'\n'}) + 2
	packet = append(packet, invalidNode+packetTo...)
	return &decodeInput{packet: packet, nodes: nodes + 1, answer: fmt.Sprintf(
		"Error in line %d: Element 'date': This element is not expected. Expected is ( dom_id ).", line)}
}

// measureDecode reads the packet by Hostledger, by encoding/xml and, where it
// is installed, by xmllint.
func (b *bench) measureDecode(r round) error {
	if err := b.prepareDecode(); err != nil {
		return err
	}
	megabytes := float64(len(b.decode.packet)) / 1e6
	readers := map[figure]func() error{decodeOurs: b.decode.readOurs, decodeToken: b.decode.readTokens}
	if b.decode.file != "" {
		readers[decodeXMLLint] = func() error { return b.decode.readXMLLint(b.ctx) }
	}
	for figure, read := range readers {
		start := time.Now()
		if err := read(); err != nil {
			return err
		}
		r[figure] = megabytes / time.Since(start).Seconds()
	}
	return nil
}

// prepareDecode makes the packet, and a file of it where xmllint is installed.
func (b *bench) prepareDecode() error {
	if b.decode != nil {
		return nil
	}
	b.decode = newDecodeInput(b.sizes.decodeBytes)
	if _, err := exec.LookPath("xmllint"); err != nil {
		return nil
	}
	b.decode.file = filepath.Join(b.dir, "packet.xml")
	return os.WriteFile(b.decode.file, b.decode.packet, 0o600)
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
func (d *decodeInput) readXMLLint(ctx context.Context) error {
	command := exec.CommandContext(ctx, "xmllint", "--stream", "--noout", d.file)
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("xmllint: %w: %s", err, output)
	}
	return nil
}
