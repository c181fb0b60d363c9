package client_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// example stands for the test that a ledger is started for.
type example struct {
	testing.TB
	ends []func()
}

func (*example) Helper()                   {}
func (e *example) Cleanup(end func())      { e.ends = append(e.ends, end) }
func (*example) Fatal(args ...any)         { log.Fatal(args...) }
func (*example) Fatalf(f string, a ...any) { log.Fatalf(f, a...) }
func (*example) Errorf(f string, a ...any) { log.Printf(f, a...) }

// ledgerForExample starts a ledger with the customer jdoe, who has example.com,
// and a subscription example.net of the administrator.
func ledgerForExample() (server *hostledgertest.Server, stop func()) {
	e := &example{}
	server = hostledgertest.New(e)
	server.Fixture(e, `
<packet><customer><add><gen_info>
	<pname>Jane Doe</pname><login>jdoe</login><passwd>secret-1</passwd>
</gen_info></add></customer></packet>
<packet><webspace>
	<add><gen_setup><name>example.com</name><owner-login>jdoe</owner-login></gen_setup></add>
	<add><gen_setup><name>example.net</name></gen_setup></add>
</webspace></packet>
<packet><site-alias><create><site-id>1</site-id><name>example.org</name></create></site-alias></packet>`)
	return server, func() {
		for _, end := range e.ends {
			end()
		}
	}
}

func ExampleDo() {
	server, stop := ledgerForExample()
	defer stop()
	ctx := context.Background()
	c := &client.Client{URL: server.URL, Login: server.Login, Password: server.Password}

	added, err := client.Do(ctx, c, client.WebspaceAdd{
		GenSetup: client.WebspaceAddGenSetup{Name: new("shop.example"), OwnerLogin: new("jdoe")},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("The new subscription has the id", added.ID)

	subscriptions, err := client.Do(ctx, c, client.WebspaceGet{
		Filter:  client.WebspaceFilter{OwnerLogin: []string{"jdoe"}},
		Dataset: client.WebspaceDataset{GenInfo: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range subscriptions {
		fmt.Println(s.ID, s.Data.GenInfo.Name, s.Data.GenInfo.CrDate)
	}
	// Output:
	// The new subscription has the id 3
	// 1 example.com 2026-05-15
	// 3 shop.example 2026-05-15
}

// Results have an error each; those that went well are there all the same.
func ExampleDo_errors() {
	server, stop := ledgerForExample()
	defer stop()

	results, err := client.Do(context.Background(), server.Client(), client.WebspaceSet{
		Filter: client.WebspaceFilter{Name: []string{"example.com", "none.example"}},
		Values: client.WebspaceSetValues{GenSetup: &client.WebspaceSetGenSetup{Description: new("moved")}},
	})
	for _, r := range results {
		fmt.Printf("%s: id %d, error %v\n", r.FilterID, r.ID, r.Err())
	}
	if errors.Is(err, client.ErrNotFound) {
		fmt.Println("Not all of them are there.")
	}
	var refused *client.Error
	if errors.As(err, &refused) {
		fmt.Printf("%s/%s: code %d, %q\n", refused.Operator, refused.Operation, refused.Code, refused.Text)
	}
	// Output:
	// example.com: id 1, error <nil>
	// none.example: id 0, error none.example: domain does not exist (error 1013)
	// Not all of them are there.
	// webspace/set: code 1013, "domain does not exist"
}

func ExamplePacket() {
	server, stop := ledgerForExample()
	defer stop()

	var p client.Packet
	customers := client.Add(&p, client.CustomerGet{
		Filter: client.CustomerFilter{All: true}, Dataset: client.CustomerDataset{GenInfo: true},
	})
	addresses := client.Add(&p, client.IPGet{})
	if err := server.Client().Send(context.Background(), &p); err != nil {
		log.Fatal(err)
	}
	for _, c := range *customers {
		fmt.Println(c.Data.GenInfo.PName)
	}
	for _, address := range (*addresses)[0].Addresses.IPInfo {
		fmt.Println(address.IPAddress)
	}
	// Output:
	// Jane Doe
	// 127.0.0.1
}

func ExampleClient_SetTraffic() {
	server, stop := ledgerForExample()
	defer stop()
	ctx, c := context.Background(), server.Client()

	day := ledger.Date(2026_05_14)
	results, err := c.SetTraffic(ctx, []client.WebspaceSetTraffic{
		{DomID: 1, Date: day, SMTPIn: 1_048_576, SMTPOut: 524_288, POP3IMAPIn: 4096, POP3IMAPOut: 2_097_152},
		{DomID: 99, Date: day},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range results {
		fmt.Println(r.ID, r.Err())
	}

	traffic, err := client.Do(ctx, c, client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{1}}, SinceDate: &day, ToDate: &day,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range traffic[0].Days {
		fmt.Println(d.Date, d.SMTPIn, d.SMTPOut, d.POP3IMAPIn, d.POP3IMAPOut)
	}
	// Output:
	// 1 <nil>
	// 99 domain does not exist (error 1013)
	// 2026-05-14 1048576 524288 4096 2097152
}

// A collector that knows only some counters sets only these.
func ExampleClient_SetSiteTraffic() {
	server, stop := ledgerForExample()
	defer stop()

	_, err := server.Client().SetSiteTraffic(context.Background(), []client.SiteSetTraffic{
		{DomID: 1, Date: 2026_05_14, SMTPIn: new(int64(1_048_576))},
		{DomID: 1, Date: 2026_05_14, SMTPOut: new(int64(524_288))},
	})
	fmt.Println(err)
	// Output:
	// <nil>
}

func ExampleClient_ResolveSites() {
	server, stop := ledgerForExample()
	defer stop()

	ids, err := server.Client().ResolveSites(context.Background(), []string{"example.com", "example.org", "none.example"})
	fmt.Println(ids, err)
	// Output:
	// [1 1 0] <nil>
}

// named is customer/get for what is needed here: any operation and any part of
// its answer can be written like this, of servers that have more operations too.
type named struct {
	Login []string `xml:"filter>login"`
	Info  struct{} `xml:"dataset>gen_info"`
}

type namedCustomer struct {
	client.Result
	Name string `xml:"data>gen_info>pname"`
}

func (named) Spec() client.Spec[[]namedCustomer] {
	return client.Many[namedCustomer]("customer", "get")
}

func ExampleOperation() {
	server, stop := ledgerForExample()
	defer stop()

	customers, err := client.Do(context.Background(), server.Client(), named{Login: []string{"jdoe"}})
	fmt.Println(customers[0].Name, err)
	// Output:
	// Jane Doe <nil>
}

func ExampleClient_Call() {
	server, stop := ledgerForExample()
	defer stop()

	var answer struct {
		Protos []string `xml:"server>get_protos>result>protos>proto"`
	}
	err := server.Client().Call(context.Background(), []byte(`<packet><server><get_protos/></server></packet>`), &answer)
	fmt.Println(answer.Protos[len(answer.Protos)-1], err)
	// Output:
	// 1.6.9.1 <nil>
}

func ExampleClient_Post() {
	server, stop := ledgerForExample()
	defer stop()

	answer, err := server.Client().Post(context.Background(), strings.NewReader(`<packet><webspace><del><filter><id>99</id></filter></del></webspace></packet>`), false)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = answer.Close() }()
	fmt.Println(client.Check(answer))
	// Output:
	// domain does not exist (error 1013)
}

// Customers use the API too, with login and password or with a secret key.
func ExampleClient() {
	server, stop := ledgerForExample()
	defer stop()
	ctx := context.Background()

	created, err := client.Do(ctx, server.Client(), client.SecretKeyCreate{Login: new("jdoe")})
	if err != nil {
		log.Fatal(err)
	}
	c := &client.Client{
		URL: server.URL, Key: created.Key,
		Version: "1.6.7.0",
		Retry:   client.Retry{Attempts: 5, Delay: time.Second, MaxDelay: 30 * time.Second, Jitter: 0.3},
	}
	mine, err := client.Do(ctx, c, client.WebspaceGet{Dataset: client.WebspaceDataset{GenInfo: true}})
	for _, s := range mine {
		fmt.Println(s.Data.GenInfo.Name)
	}
	fmt.Println(err)
	// Output:
	// example.com
	// <nil>
}

func ExampleTLS() {
	transport, err := client.TLS{RootsFile: "testdata/none.pem"}.HTTPClient()
	if err != nil {
		fmt.Println(errors.Is(err, os.ErrNotExist))
		return
	}
	transport.Timeout = time.Minute
	_ = &client.Client{URL: "https://host.example:8443", HTTP: transport}
	// Output:
	// true
}
