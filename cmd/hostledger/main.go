// Hostledger is the open subscription ledger for web hosts: the server and the
// commands that talk to it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/hostledger/hostledger/client"
)

const description = `The open subscription ledger for web hosts. It speaks Plesk's XML API.

Exit status: 0 when all is well, 1 when the server refused something, 2 when the command could not do its work.`

type commandLine struct {
	Serve   serveCommand   `cmd:"" help:"Run the server."`
	Demo    demoCommand    `cmd:"" help:"See the ledger at work, in memory and within a second."`
	Call    callCommand    `cmd:"" help:"Post a packet to a server and print the answer."`
	Traffic trafficCommand `cmd:"" help:"Set and get the traffic of subscriptions."`
	Billing billingCommand `cmd:"" help:"Set and get the billing information of subscriptions and customers."`
	Collect collectCommand `cmd:"" help:"Read the logs of mail, web and FTP servers, and send what sites used."`
	DB      dbCommand      `cmd:"" name:"db" help:"Look after the database of a ledger."`
	Import  importCommand  `cmd:"" help:"Store traffic from CSV files or a dump of Plesk's database in the ledger itself."`
	Passwd  passwdCommand  `cmd:"" help:"Set the administrator's password while the server is stopped."`
	Copy    copyCommand    `cmd:"" help:"Copy a ledger to another folder or database."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// The exit statuses besides 0.
const (
	exitRefused = 1
	exitFailed  = 2
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	switch {
	case len(args) == 0, args[0] == "help":
		args = []string{"--help"}
	case args[0] == "--version":
		args = []string{"version"}
	}
	parser := kong.Must(&commandLine{},
		kong.Name("hostledger"), kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)))
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "hostledger: %v\n", err)
		return exitFailed
	}
	return exitStatus(command.Run())
}

// refusal says that the server refused something of what a command asked for.
type refusal string

func (r refusal) Error() string { return string(r) }

// exitStatus tells on stderr what went wrong.
func exitStatus(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintf(os.Stderr, "hostledger: %s\n", explain(err))
	var refused refusal
	var answer *client.Error
	if errors.As(err, &refused) || errors.As(err, &answer) {
		return exitRefused
	}
	return exitFailed
}
