package client_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
)

func TestPacketOfSeveralOperations(t *testing.T) {
	c := start(t)
	var p client.Packet
	added := client.Add(&p, client.WebspaceAdd{GenSetup: client.WebspaceAddGenSetup{Name: new("three.example")}})
	refused := client.Add(&p, client.WebspaceAdd{GenSetup: client.WebspaceAddGenSetup{Name: new("one.example")}})
	customer := client.Add(&p, client.CustomerGet{
		Filter: client.CustomerFilter{Login: []string{"jdoe", "nobody"}}, Dataset: client.CustomerDataset{GenInfo: true},
	})
	err := c.Send(ctx, &p)
	if added.ID != 3 || added.GUID == "" || added.Err() != nil {
		t.Errorf("the first subscription: %+v", added)
	}
	if !errors.Is(refused.Err(), client.ErrExists) {
		t.Errorf("a name that is taken gave %v", refused.Err())
	}
	if got := *customer; len(got) != 2 || got[0].Data.GenInfo.PName != "Jane Doe" || got[1].Err() == nil {
		t.Errorf("customers: %+v", got)
	}
	if !errors.Is(err, client.ErrExists) || !errors.Is(err, client.ErrNotFound) || errors.Is(err, client.ErrPermission) {
		t.Errorf("the error of all is %v", err)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 2 || lines[1] != "nobody: Client does not exist (error 1013)" {
		t.Errorf("the error of all reads %q", lines)
	}
}

// A packet that is sent again, by its user, has the new answers only.
func TestPacketSentTwice(t *testing.T) {
	c := start(t)
	var p client.Packet
	all := client.Add(&p, client.WebspaceGet{Filter: client.WebspaceFilter{All: true}})
	for range 2 {
		if err := c.Send(ctx, &p); err != nil || len(*all) != 2 {
			t.Errorf("%d subscriptions, %v", len(*all), err)
		}
	}
}

func TestEmptyPacket(t *testing.T) {
	c := &client.Client{URL: "http://127.0.0.1:1"} // where nobody is asked
	if err := c.Send(ctx, &client.Packet{}); err != nil {
		t.Error(err)
	}
}

func TestBlankFilterChangesNothing(t *testing.T) {
	c := start(t)
	if _, err := client.Do(ctx, c, client.WebspaceDel{Filter: client.WebspaceFilter{Name: []string{}}}); err == nil || !strings.Contains(err.Error(), "set All") {
		t.Errorf("removing what a blank filter selects gave %v", err)
	}
	if all, err := client.Do(ctx, c, client.WebspaceGet{}); err != nil || len(all) != 2 {
		t.Errorf("reading what a blank filter selects gave %+v, %v", all, err)
	}
	if gone, err := client.Do(ctx, c, client.WebspaceDel{Filter: client.WebspaceFilter{All: true}}); err != nil || len(gone) != 2 {
		t.Errorf("removing all gave %+v, %v", gone, err)
	}
}

// In versions of the protocol before 1.6.3.0, operators had other names.
func TestOlderVersions(t *testing.T) {
	server := hostledgertest.New(t)
	server.Fixture(t, fixture)
	current := []string{"customer", "webspace", "site-alias", "service-plan", "site"}
	older := []string{"client", "domain", "domain_alias", "domain_template", "site"}
	for version, want := range map[string][]string{"": current, "1.6": current, "1.6.3.0": current, "1.6.0.2": older, "1.4.2.0": older} {
		var packet struct { // one that was sent
			Version   string `xml:"version,attr"`
			Operators []struct {
				XMLName xml.Name
			} `xml:",any"`
		}
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err := errors.Join(err, xml.Unmarshal(body, &packet)); err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			server.Handler.ServeHTTP(w, r)
		}))
		c := server.Client()
		c.URL, c.Version = front.URL, version
		var p client.Packet
		client.Add(&p, client.CustomerGet{})
		subscriptions := client.Add(&p, client.WebspaceGet{})
		client.Add(&p, client.SiteAliasGet{})
		client.Add(&p, client.ServicePlanGet{})
		client.Add(&p, client.SiteGet{})
		err := c.Send(ctx, &p)
		front.Close()
		if err != nil || len(*subscriptions) != 2 {
			t.Errorf("version %q: %+v, %v", version, *subscriptions, err)
		}
		var sent []string
		for _, o := range packet.Operators {
			sent = append(sent, o.XMLName.Local)
		}
		if !slices.Equal(sent, want) || packet.Version != version {
			t.Errorf("version %q was sent as %q with the operators %q, want %q", version, packet.Version, sent, want)
		}
	}
}

func TestUnknownVersion(t *testing.T) {
	c := start(t)
	c.Version = "9.9"
	if _, err := client.Do(ctx, c, client.ServerGetProtos{}); !errors.Is(err, client.ErrVersion) {
		t.Errorf("got %v", err)
	}
}

// A request that this package does not have is one struct and one method.
type getName struct {
	Filter  client.WebspaceFilter  `xml:"filter"`
	Dataset client.WebspaceDataset `xml:"dataset"`
}

type nameResult struct {
	client.Result
	Name string `xml:"data>gen_info>name"`
}

func (getName) Spec() client.Spec[[]nameResult] { return client.Many[nameResult]("webspace", "get") }

func TestOperationOfOnesOwn(t *testing.T) {
	c := start(t)
	results, err := client.Do(ctx, c, getName{Filter: client.WebspaceFilter{ID: []int64{2}}, Dataset: client.WebspaceDataset{GenInfo: true}})
	want := []nameResult{{client.Result{Status: "ok", FilterID: "2", ID: 2}, "two.example"}}
	if diff := cmp.Diff(want, results); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// Results of the actions of db-servers are within the elements of these.
func TestResultsWithinAnAction(t *testing.T) {
	c := start(t)
	ids := client.WebspaceFilter{ID: []int64{1}}
	server := client.DBServerRef{Type: "mysql", Host: new("localhost"), Port: new("3306")}
	var p client.Packet
	client.Add(&p, client.WebspaceDBServers{Add: &client.WebspaceDBServersInput{Filter: ids, DBServer: []client.DBServerRef{server}}})
	listed := client.Add(&p, client.WebspaceDBServers{List: &client.WebspaceSelection{Filter: ids}})
	if err := c.Send(ctx, &p); err != nil {
		t.Fatal(err)
	}
	if got := *listed; len(got) != 1 || len(got[0].DBServer) != 1 || got[0].DBServer[0].Host != "localhost" {
		t.Errorf("listed %+v", got)
	}
}
