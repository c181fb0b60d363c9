package panel

import (
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/panel/examples"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// console is where packets are composed and sent, and what came of the last one.
type console struct {
	Groups  []exampleGroup
	Example *examples.Example // nil for a packet without one
	Packet  string
	Curl    string  // sends the packet from a shell
	ByFile  bool    // Curl takes the packet out of a file
	ByKey   bool    // Curl signs in with a secret key
	Answer  *answer // nil before anything was sent
}

// exampleGroup is a part of the list of examples.
type exampleGroup struct {
	Name     string
	Examples []examples.Example
	Selected string // the name of one of them, or ""
}

var allExamples = examples.All()

const (
	usualGroup   = "Used most"
	firstExample = "webspace/get" // everybody may call it, and it changes nothing
)

// usual are the operations that external statistics and billing need.
var usual = []string{"webspace/set_traffic", "webspace/set-billing-info", "webspace/get_traffic", "webspace/get"}

// consolePage composes a packet, and sends it as a client of the API does.
func consolePage(v *visit) error {
	c := console{ByKey: v.who.Role == ledger.RoleAdmin}
	name := v.query().Get("example")
	if v.r.Method == http.MethodPost {
		name = v.value("example")
	} else if name == "" {
		name = firstExample
	}
	own := v.ownExamples()
	if i := slices.IndexFunc(own, func(e examples.Example) bool { return e.Name() == name }); i >= 0 {
		c.Example, c.Packet = &own[i], own[i].Packet
	}
	c.Groups = groups(own, name)
	if v.r.Method == http.MethodPost {
		c.Packet = strings.ReplaceAll(v.r.PostFormValue("packet"), "\r\n", "\n") // browsers send the former
		c.Answer = v.send(c.Packet)
	}
	c.ByFile = len(c.Packet) > mostQuoted
	c.Curl = curl(baseURL(v.r)+httpd.AgentPath, c.Packet, c.ByKey)
	return v.show(view{template: "console", title: "API console", data: c})
}

// ownExamples are those of the operations that the role may call.
func (v *visit) ownExamples() (own []examples.Example) {
	for _, e := range allExamples {
		if e.MayBeCalledBy(v.who.Role) {
			own = append(own, e)
		}
	}
	return own
}

// groups puts examples into groups by their operators, with the usual ones
// before them once more.
func groups(all []examples.Example, selected string) []exampleGroup {
	list := []exampleGroup{{Name: usualGroup}}
	for _, e := range all {
		if slices.Contains(usual, e.Name()) {
			list[0].Examples = append(list[0].Examples, e)
		}
		if list[len(list)-1].Name != e.Operator {
			list = append(list, exampleGroup{Name: e.Operator, Selected: selected})
		}
		last := &list[len(list)-1]
		last.Examples = append(last.Examples, e)
	}
	slices.SortFunc(list[0].Examples, func(a, b examples.Example) int {
		return slices.Index(usual, a.Name()) - slices.Index(usual, b.Name())
	})
	return list
}

// send runs a packet as the API does that of a client who signed in with the
// account of the session.
func (v *visit) send(packet string) *answer {
	a := &answer{Request: rand.Text(), Sent: uint64(len(packet))}
	began := time.Now()
	// What a packet began is completed even if the browser goes away.
	err := v.API.Answer(context.WithoutCancel(v.r.Context()), xmlapi.Request{
		ID: a.Request, Body: strings.NewReader(packet), Size: int64(len(packet)), Pretty: true,
		Authenticate: func(context.Context) (ledger.Identity, error) { return v.who, v.account.MayUseAPI() },
	}, a)
	a.Took, a.BrokenOff = time.Since(began), err != nil
	return a
}
