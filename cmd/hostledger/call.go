package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/hostledger/hostledger/client"
)

type callCommand struct {
	File       string `arg:"" optional:"" default:"-" help:"File with the packet; - or nothing for stdin."`
	connection `embed:""`
}

func (*callCommand) Help() string {
	return `The answer is printed indented. The exit status is 1 when any status in it is "error".
For example, to list all subscriptions:

    echo '<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>' |
      hostledger call`
}

func (c *callCommand) Run(ctx context.Context) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	packet, err := open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = packet.Close() }()
	answer, err := server.Post(ctx, packet, true)
	if err != nil {
		return err
	}
	return errors.Join(printAnswer(answer, os.Stdout), answer.Close())
}

// printAnswer copies an answer and returns its first error.
func printAnswer(answer io.Reader, to io.Writer) error {
	copied := io.TeeReader(answer, to)
	refused := client.Check(copied)
	_, err := io.Copy(io.Discard, copied)
	return errors.Join(refused, err)
}

// open opens a file for reading; "-" is stdin.
func open(name string) (*os.File, error) {
	if name == "-" {
		if isTerminal(os.Stdin) {
			fmt.Fprintln(os.Stderr, "Reading from the terminal; Ctrl-D ends the input.")
		}
		return os.Stdin, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot %w", err)
	}
	return file, nil
}
