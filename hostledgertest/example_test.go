package hostledgertest_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// The examples start their servers themselves. A test writes
//
//	srv := hostledgertest.New(t, …)
//
// which ends the server with the test.
func start(options ...hostledgertest.Option) *hostledgertest.Server {
	srv, err := hostledgertest.Start(options...)
	if err != nil {
		panic(err)
	}
	return srv
}

const fixture = `<packet><webspace>
	<add><gen_setup><name>example.com</name></gen_setup></add>
	<add><gen_setup><name>example.net</name></gen_setup></add>
</webspace></packet>`

// report is what the examples test: it sends the traffic of a day, and again
// when there was no answer, which does no harm.
func report(c *client.Client, days ...client.WebspaceSetTraffic) error {
	results, err := c.SetTraffic(context.Background(), days)
	if err != nil {
		results, err = c.SetTraffic(context.Background(), days)
	}
	for _, r := range results {
		if r.Err() != nil {
			fmt.Printf("subscription %d: %v\n", r.ID, r.Err())
		}
	}
	return err
}

var day = client.WebspaceSetTraffic{DomID: 1, Date: ledger.Date(20260514), SMTPIn: 100}

func Example() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	if err := report(srv.Client(), day); err != nil {
		fmt.Println(err)
	}
	results, err := client.Do(context.Background(), srv.Client(), client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{Name: []string{"example.com"}}, SinceDate: &day.Date, ToDate: &day.Date,
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(results[0].Days[0].Date, results[0].Days[0].SMTPIn)
	// Output: 2026-05-14 100
}

// Every set_traffic is answered with error 1013, as if the subscription had been
// deleted.
func ExampleServer_Fail() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	fault := srv.Fail("webspace.set_traffic", 1013)
	if err := report(srv.Client(), day); err != nil {
		fmt.Println(err)
	}
	fmt.Println("happened:", fault.Happened())
	fault.Remove()
	fmt.Println("without it:", report(srv.Client(), day))
	// Output:
	// subscription 1: domain does not exist (error 1013)
	// happened: 1
	// without it: <nil>
}

// The connection ends after the first packet was executed: its answer is lost,
// and the client cannot know whether it was executed.
func ExampleServer_Inject() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	fault := srv.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Cut: "after", Call: 1})
	fmt.Println("error:", report(srv.Client(), day))
	fmt.Println("answers lost:", fault.Happened())
	fmt.Println("packets received:", len(srv.Received()))
	// Output:
	// error: <nil>
	// answers lost: 1
	// packets received: 2
}

// A node of a packet fails while the others are executed.
func ExampleServer_Inject_node() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	srv.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Error: 1023, Text: "Try later.", Call: 2})
	other := day
	other.DomID = 2
	if err := report(srv.Client(), day, other); err != nil {
		fmt.Println(err)
	}
	// Output: subscription 2: Try later. (error 1023)
}

// A server that takes its time, and a client that does not wait.
func ExampleServer_Inject_delay() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	srv.Inject(hostledgertest.Fault{Delay: time.Minute})
	hurried := srv.Client()
	hurried.HTTP.Timeout = 50 * time.Millisecond
	err := report(hurried, day)
	fmt.Println(os.IsTimeout(err))
	// Output: true
}

// Proxies in front of a server answer in HTML when the server is away.
func ExampleServer_Inject_proxy() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	srv.Inject(hostledgertest.Fault{Status: http.StatusBadGateway})
	err := report(srv.Client(), day)
	fmt.Println(strings.Contains(err.Error(), "502 Bad Gateway"))
	// Output: true
}

// What the server got is what the client sent.
func ExampleServer_Received() {
	srv := start(hostledgertest.WithFixture(fixture))
	defer srv.Close()

	if err := report(srv.Client(), day); err != nil {
		fmt.Println(err)
	}
	for _, packet := range srv.Received() {
		fmt.Println(packet.Operations(), strings.Contains(packet.Body, "<smtp_in>100</smtp_in>"))
	}
	// Output: [webspace.set_traffic] true
}

// The server's clock stands still until the test sets it.
func ExampleServer_Advance() {
	srv := start()
	defer srv.Close()

	fmt.Println(srv.Ledger.Today())
	srv.Advance(24 * time.Hour)
	fmt.Println(srv.Ledger.Today())
	srv.SetTime(time.Date(2027, 1, 31, 23, 59, 59, 0, time.UTC))
	fmt.Println(srv.Ledger.Today())
	// Output:
	// 2026-05-15
	// 2026-05-16
	// 2027-01-31
}

// A client that reads the certificate of its server from a file.
func ExampleWithTLS() {
	srv := start(hostledgertest.WithTLS())
	defer srv.Close()

	var file bytes.Buffer
	if err := pem.Encode(&file, &pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(strings.SplitN(file.String(), "\n", 2)[0])
	protos := strings.NewReader(`<packet><server><get_protos/></server></packet>`)
	answer, err := srv.Client().Post(context.Background(), protos, false)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Close()
	fmt.Println(client.Check(answer))
	// Output:
	// -----BEGIN CERTIFICATE-----
	// <nil>
}

// A fixture may hold any packets; Fixture and FixtureFile execute more of them
// while a test runs.
func ExampleWithFixture() {
	customers, err := os.ReadFile(filepath.Join("testdata", "customers.xml"))
	if err != nil {
		fmt.Println(err)
	}
	srv := start(hostledgertest.WithFixture(string(customers)), hostledgertest.WithFixture(fixture))
	defer srv.Close()

	results, err := srv.Client().SiteIDs(context.Background(), []string{"example.net", "example.org"})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(results[0].ID, results[1].Err())
	// Output: 2 example.org: Site does not exist (error 1013)
}
