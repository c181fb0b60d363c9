package collect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// journalName is what the state knows a source's journal by.
func (s *Source) journalName() string { return "journalctl " + strings.Join(s.Journal, " ") }

// journal reads what is new in the systemd journal, by journalctl.
func (r *reading) journal(ctx context.Context, l *log) error {
	err := r.journalLines(ctx, l)
	if ctx.Err() != nil || errors.Is(err, errState) {
		return errors.Join(err, ctx.Err())
	}
	r.outcome(l, err)
	return nil
}

func (r *reading) journalLines(ctx context.Context, l *log) error {
	args := []string{"--output=json", "--output-fields=MESSAGE,SYSLOG_IDENTIFIER,_HOSTNAME", "--all", "--no-pager"}
	if l.cursor != "" {
		args = append(args, "--after-cursor="+l.cursor)
	}
	command := exec.CommandContext(ctx, "journalctl", slices.Concat(args, l.source.Journal)...)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	content, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	err = readLines(content, r.buffer, true, r.parse(l, r.now()), r.tooLong,
		func(chunk []byte) error {
			if cursor := lastCursor(chunk); cursor != "" {
				l.cursor = cursor
			}
			return r.chunkDone(ctx, l)
		})
	if err != nil {
		_ = command.Process.Kill() // Wait tells less than err
		_ = command.Wait()
		return err
	}
	if err := command.Wait(); err != nil {
		return fmt.Errorf("journalctl: %w: %s", err, bytes.TrimSpace(complaint.Bytes()))
	}
	return nil
}

// lastCursor returns the cursor of the last line of a chunk.
func lastCursor(chunk []byte) string {
	chunk = bytes.TrimSuffix(chunk, []byte("\n"))
	line := chunk[bytes.LastIndexByte(chunk, '\n')+1:]
	var entry struct {
		Cursor string `json:"__CURSOR"`
	}
	_ = json.Unmarshal(line, &entry) // what is no entry has no cursor
	return entry.Cursor
}
