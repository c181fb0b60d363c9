package panel

import (
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// eventObject is what an event is about.
type eventObject struct {
	Name   string
	Link   string // "" for what has no page
	IsGone bool   // only its id is known
}

// eventObjects are the objects of some events that still exist, by id.
type eventObjects map[objectKind]map[int64]eventObject

// eventObjects looks up what the events of a page are about. The journal is the
// administrator's, who may see all of it.
func (v *visit) eventObjects(events []ledger.Event) (eventObjects, error) {
	ids := map[objectKind][]int64{}
	for _, e := range events {
		kind := classesByName[e.Class].object
		if id, err := strconv.ParseInt(e.ObjectID, 10, 64); err == nil {
			ids[kind] = append(ids[kind], id)
		}
	}
	ctx := v.r.Context()
	accounts, err := v.Ledger.Accounts(ctx, ids[objectAccount])
	if err != nil {
		return nil, err
	}
	sites, err := v.Ledger.Sites(ctx, ids[objectSite])
	if err != nil {
		return nil, err
	}
	aliases, err := v.Ledger.Aliases(ctx, ids[objectAlias])
	if err != nil {
		return nil, err
	}
	plans, err := v.Ledger.Plans(ctx, ids[objectPlan])
	if err != nil {
		return nil, err
	}
	o := eventObjects{objectAccount: {}, objectSite: {}, objectAlias: {}, objectPlan: {}}
	for _, a := range accounts {
		o[objectAccount][a.ID] = eventObject{Name: a.Login, Link: accountLink(a.Role, a.ID)}
	}
	for _, s := range sites {
		o[objectSite][s.ID] = eventObject{Name: s.Name.Unicode, Link: fmt.Sprintf("/subscriptions/%d", s.WebspaceID)}
	}
	for _, a := range aliases {
		o[objectAlias][a.ID] = eventObject{Name: a.Name.Unicode, Link: fmt.Sprintf("/subscriptions/%d", a.WebspaceID)}
	}
	for _, p := range plans {
		o[objectPlan][p.ID] = eventObject{Name: p.Name, Link: fmt.Sprintf("/plans/%d", p.ID)}
	}
	return o, nil
}

// accountLink returns the page of an account, "" for the administrator's.
func accountLink(role ledger.Role, id int64) string {
	switch role {
	case ledger.RoleCustomer:
		return fmt.Sprintf("/customers/%d", id)
	case ledger.RoleReseller:
		return fmt.Sprintf("/resellers/%d", id)
	}
	return ""
}

func (o eventObjects) of(e ledger.Event) eventObject {
	kind := classesByName[e.Class].object
	if kind == objectNamed {
		return eventObject{Name: e.ObjectID}
	}
	id, _ := strconv.ParseInt(e.ObjectID, 10, 64)
	if object, ok := o[kind][id]; ok {
		return object
	}
	return eventObject{Name: e.ObjectID, IsGone: true}
}
