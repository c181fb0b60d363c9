package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/bench/peers"
	"github.com/hostledger/hostledger/bench/process"
)

// mailLogs are the logs that are read: the same lines in full, a tenth as many,
// and packed.
type mailLogs struct {
	whole, tenth, packed string
	bytes                float64 // of the whole one
	traffic, ofTenth     mailTraffic
}

// measureLogs has the collector and pflogsumm read a log of Postfix, and
// compares what they make of every domain.
func (b *bench) measureLogs(r round) error {
	data, err := b.ledgerOf("logs", ownDomains, stored{})
	if err != nil {
		return err
	}
	logs, err := b.mailLogs()
	if err != nil {
		return err
	}
	whole, err := b.collect(data, logs.whole, logs.traffic)
	if err != nil {
		return err
	}
	summed, err := b.summarize(logs.whole, logs.traffic)
	if err != nil {
		return err
	}
	packed, err := b.collect(data, logs.packed, logs.traffic)
	if err != nil {
		return err
	}
	tenth, err := b.collect(data, logs.tenth, logs.ofTenth)
	if err != nil {
		return err
	}
	r[logsRate], r[logsEffort] = logs.rates(whole)
	r[packedRate], r[packedEffort] = logs.rates(packed)
	r[pflogsummRate], r[pflogsummEffort] = logs.rates(summed)
	r[logsPeak], r[packedPeak], r[tenthPeak], r[pflogsummPeak] = whole.Peak, packed.Peak, tenth.Peak, summed.Peak
	return nil
}

// rates returns the MB/s of the whole log by the clock, and those for a second
// of processor time.
func (l *mailLogs) rates(u process.Use) (byClock, effort float64) {
	return l.bytes / 1e6 / u.Elapsed.Seconds(), l.bytes / 1e6 / u.Processor.Seconds()
}

// mailLogs writes the logs, unless that was done before.
func (b *bench) mailLogs() (*mailLogs, error) {
	if b.logs != nil {
		return b.logs, nil
	}
	l := &mailLogs{
		whole: filepath.Join(b.dir, "mail.log"), tenth: filepath.Join(b.dir, "tenth.log"), packed: filepath.Join(b.dir, "packed.log"),
	}
	var err error
	if l.traffic, err = writeMailLog(l.whole, int64(b.sizes.logBytes), b.today.Time()); err != nil {
		return nil, err
	}
	if l.ofTenth, err = writeMailLog(l.tenth, int64(b.sizes.logBytes/10), b.today.Time()); err != nil {
		return nil, err
	}
	if l.bytes, err = pack(l.packed+".1.gz", l.whole); err != nil {
		return nil, err
	}
	b.logs = l
	return l, nil
}

// pack compresses a file as logrotate does, and returns its bytes.
func pack(to, from string) (size float64, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }() // nothing was written
	out, err := os.Create(to)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	packed := gzip.NewWriter(out)
	n, err := io.Copy(packed, in)
	return float64(n), errors.Join(err, packed.Close())
}

// collect has the collector tell what it would send to the ledger, and checks
// that.
func (b *bench) collect(data, log string, want mailTraffic) (used process.Use, err error) {
	dir, err := os.MkdirTemp(b.dir, "collect-")
	if err != nil {
		return used, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	config := filepath.Join(dir, "collect.toml")
	text := fmt.Sprintf("state = %q\n[[source]]\nformat = \"postfix\"\nfiles = [%q]\n[[target]]\nlocal = true\n", filepath.Join(dir, "state"), log)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return used, err
	}
	command := exec.CommandContext(b.ctx, b.program, "collect", "once", "--dry-run", "--csv", "--config", config, "--data", data)
	var planned, problems bytes.Buffer
	command.Stdout, command.Stderr = &planned, &problems
	if used, err = process.Measure(command); err != nil {
		return used, fmt.Errorf("%w\n%s", err, &problems)
	}
	return used, checkCollected(&planned, want)
}

// checkCollected compares days of sites, as CSV, with what the log comes to.
func checkCollected(planned io.Reader, want mailTraffic) error {
	rows, err := csv.NewReader(planned).ReadAll()
	if err != nil || len(rows) == 0 {
		return errors.Join(errors.New("the collector printed no days"), err)
	}
	found := mailTraffic{}
	site, in, out := slices.Index(rows[0], "site"), slices.Index(rows[0], "smtp_in"), slices.Index(rows[0], "smtp_out")
	for _, row := range rows[1:] {
		received, err1 := strconv.ParseInt(row[in], 10, 64)
		sent, err2 := strconv.ParseInt(row[out], 10, 64)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		mail := found.of(row[site])
		mail.in += received
		mail.out += sent
	}
	for domain, mail := range want {
		if have := found.of(domain); have.in != mail.in || have.out != mail.out {
			return fmt.Errorf("the collector has %d and %d bytes of %s instead of %d and %d", have.in, have.out, domain, mail.in, mail.out)
		}
	}
	if len(found) != len(want) {
		return fmt.Errorf("the collector has %d domains instead of %d", len(found), len(want))
	}
	return nil
}

// summarize has pflogsumm read a log, and checks what it says of the ledger's
// domains.
func (b *bench) summarize(log string, want mailTraffic) (process.Use, error) {
	command, err := peers.Pflogsumm(b.ctx, log)
	if err != nil {
		return process.Use{}, err
	}
	var summary bytes.Buffer
	command.Stdout = &summary
	used, err := process.Measure(command)
	if err != nil {
		return used, err
	}
	delivered, received := summaryTable(summary.String(), "Message Delivery"), summaryTable(summary.String(), "Messages Received")
	for domain, mail := range want {
		if have := [2]string{delivered[domain], received[domain]}; have != [2]string{mail.delivered.summary(), mail.received.summary()} {
			return used, fmt.Errorf("pflogsumm has %q of %s instead of %+v", have, domain, *mail)
		}
	}
	return used, nil
}

// summaryTable returns messages and bytes by domain out of pflogsumm's table.
func summaryTable(summary, heading string) map[string]string {
	_, table, _ := strings.Cut(summary, "Host/Domain Summary: "+heading)
	table, _, _ = strings.Cut(table, "\n\n")
	found := map[string]string{}
	for row := range strings.Lines(table) {
		const fewest = 3
		if cells := strings.Fields(row); len(cells) >= fewest {
			found[cells[len(cells)-1]] = cells[0] + " " + cells[1]
		}
	}
	return found
}

// summary writes messages and bytes as pflogsumm does, "" for none.
func (m messagesAndBytes) summary() string {
	if m.messages == 0 {
		return ""
	}
	return inKibibytes(m.messages) + " " + inKibibytes(m.bytes)
}

// inKibibytes writes a number like pflogsumm: from half of a unit on in that
// unit, without what is left over.
func inKibibytes(n int64) string {
	const kibi, mebi = 1 << 10, 1 << 20
	switch {
	case n > mebi*kibi/2:
		return strconv.FormatInt(n/mebi, 10) + "m"
	case n > mebi/2:
		return strconv.FormatInt(n/kibi, 10) + "k"
	}
	return strconv.FormatInt(n, 10)
}
