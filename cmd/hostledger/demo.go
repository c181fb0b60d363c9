package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

type demoCommand struct {
	Keep bool   `help:"Go on serving until Ctrl-C."`
	HTTP string `name:"http" default:"127.0.0.1:0" placeholder:"ADDR" help:"Address to serve plain HTTP on (default ${default}, a free port)."`
}

func (*demoCommand) Help() string {
	return `Starts a server in memory with the subscriptions that the samples of Plesk's documentation name, posts ` +
		`those samples to it, and prints each request, its answer and what the ledger then holds.`
}

//go:embed demo/*.xml
var demoPackets embed.FS

// demoSteps are the samples of the pages on setting traffic and on setting
// billing information.
var demoSteps = []struct{ title, file string }{
	{"1. Set the traffic of one subscription", "demo/traffic_one.xml"},
	{"2. Set the traffic of two subscriptions; empty elements are 0", "demo/traffic_two.xml"},
	{"3. Set billing information, by the id in the billing system", "demo/billing_info.xml"},
}

// demoSubscriptions are those that the samples name.
var demoSubscriptions = []ledger.NewWebspace{
	{ID: 9, Name: "shop.example.com", ExternalID: "0c1bd35a-1abe-42da-b98c-e4af6d87c94d"},
	{ID: 1134, Name: "example.net"},
	{ID: 1135, Name: "example.org"},
	{ID: 1234, Name: "example.com"},
}

var (
	dateShown, _ = ledger.NewDate(2005, 12, 12)
	trafficShown = client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{1234, 1134, 1135}}, SinceDate: &dateShown, ToDate: &dateShown,
	}
	billingShown = client.WebspaceFilter{ID: []int64{9}}
)

func (d *demoCommand) Run(ctx context.Context) error {
	password := generatePassword()
	log := slog.New(slog.DiscardHandler)
	s, err := server.Open(ctx, server.Options{Log: log, CheckTraffic: trafficChecked, AdminPassword: func() string { return password }})
	if err != nil {
		return err
	}
	return errors.Join(d.serve(ctx, s, newFrontend(log), password), s.Close())
}

// serve plays the demonstration against a server that really listens.
func (d *demoCommand) serve(ctx context.Context, s *server.Server, f *frontend, password string) error {
	for _, subscription := range demoSubscriptions {
		if _, err := s.Ledger.AddWebspace(ctx, server.Admin, subscription); err != nil {
			return err
		}
	}
	if err := f.listen(d.HTTP); err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	stopped := make(chan error, 1)
	go func() { stopped <- f.serve(serving, s) }()

	c := &client.Client{URL: f.endpoints[0].url, Login: server.AdminLogin, Password: password}
	err := play(ctx, c)
	if err == nil && d.Keep {
		invite(c)
	} else {
		stop()
	}
	return errors.Join(err, <-stopped)
}

// play posts the packets and shows what came of them.
func play(ctx context.Context, c *client.Client) error {
	fmt.Printf("A ledger in memory serves at %s.\nIt has the subscriptions of Plesk's documentation and gets the documentation's sample packets.\n", c.URL)
	for _, step := range demoSteps {
		if err := post(ctx, c, step.title, step.file); err != nil {
			return err
		}
	}
	return showLedger(ctx, c)
}

func post(ctx context.Context, c *client.Client, title, file string) error {
	packet, err := demoPackets.ReadFile(file)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s\n\n%s\n", bold(title), packet)
	answer, err := c.Post(ctx, bytes.NewReader(packet), true)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n\n", bold("The answer"))
	return errors.Join(printAnswer(answer, os.Stdout), answer.Close())
}

func showLedger(ctx context.Context, c *client.Client) error {
	days, err := getTraffic(ctx, c, trafficShown)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s\n\n", bold("The ledger now holds this traffic, in bytes"))
	if err := trafficTable(days, false).Write(os.Stdout); err != nil {
		return err
	}
	records, err := getBilling(ctx, c, billingShown)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s\n\n", bold("and this billing information"))
	return billingTable(records).Write(os.Stdout)
}

// invite tells how to talk to the server that goes on.
func invite(c *client.Client) {
	fmt.Printf(`
%s

  url       %s
  login     %s
  password  %s

curl -H 'HTTP_AUTH_LOGIN: %[3]s' -H 'HTTP_AUTH_PASSWD: %[4]s' -H 'HTTP_PRETTY_PRINT: TRUE' \
  -H 'Content-Type: text/xml' %[2]s%[5]s \
  -d '<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>'
`, bold("The server goes on until Ctrl-C"), c.URL, c.Login, c.Password, httpd.AgentPath)
}
