package panel

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// editSubscription is the page on which a host changes a subscription.
type editSubscription struct {
	*subscription
	form
	MayResume bool // the one who reads: what the administrator suspended, a reseller cannot
	Traffic   limitField
	Limits    []limitField // but that of traffic
	Overuses  []choice
	Plans     []choice
	Chosen    string // id of the plan to follow; "": none
	Families  []family
}

// edits are what the forms of the page do, by the value of their buttons, and
// what is said and shown then.
var edits = map[string]struct {
	do     func(*visit, *editSubscription) error
	notice string
	isGone bool
}{
	"save":    {do: (*visit).saveWebspace, notice: "subscription"},
	"suspend": {do: (*visit).suspendWebspace, notice: "suspended"},
	"resume":  {do: (*visit).resumeWebspace, notice: "resumed"},
	"plan":    {do: (*visit).switchPlan, notice: "plan"},
	"sync":    {do: (*visit).syncWithPlan, notice: "synced"},
	"delete":  {do: (*visit).deleteWebspace, notice: "removed", isGone: true},
}

func editWebspacePage(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	data, err := v.editForm(s)
	if err != nil {
		return err
	}
	page := view{template: "subscription_edit", title: "Edit " + s.Name.Unicode, data: data}
	if v.r.Method != http.MethodPost {
		return v.show(page)
	}
	edit, ok := edits[v.value("do")]
	if !ok {
		return errNoPage
	}
	err = edit.do(v, data)
	switch {
	case err != nil:
		return v.again(page, err)
	case edit.isGone:
		return v.done("/subscriptions", edit.notice)
	}
	return v.done(fmt.Sprintf("/subscriptions/%d", s.ID), edit.notice)
}

// editForm returns the forms of the page: as stored, and of what is saved as it
// was typed.
func (v *visit) editForm(s *subscription) (*editSubscription, error) {
	limits := limitFields(s.Settings().Limits.Complete())
	e := &editSubscription{
		subscription: s, form: v.editValues(s, limits),
		MayResume: s.Status.IsActiveAfter(v.who.Role), Overuses: overuses,
	}
	switch {
	case v.value("do") == "plan":
		e.Chosen = v.value("plan")
	case s.Plan != nil:
		e.Chosen = strconv.FormatInt(s.Plan.ID, 10)
	}
	if v.value("do") == "save" {
		e.form = e.filledIn(v.posted())
	}
	for _, f := range limits {
		if f = f.typed(e.Typed); f.Name == maxTraffic {
			e.Traffic = f
		} else {
			e.Limits = append(e.Limits, f)
		}
	}
	plans, err := v.plansFor(s.OwnerLogin)
	if err != nil {
		return nil, err
	}
	e.Plans = planChoices(plans)
	e.Families, err = v.families()
	return e, err
}

// editValues returns the fields for what is stored and the reader may see.
func (v *visit) editValues(s *subscription, limits []limitField) form {
	settings := s.Settings()
	f := stored(
		"name", s.Name.Unicode, "owner", s.OwnerLogin, "external-id", s.ExternalID, "description", s.Description,
		"reseller-description", s.ResellerDescription, "overuse", orDefault(settings.Limits.Overuse),
	)
	if v.who.Role == ledger.RoleAdmin {
		f.Shown.Set("admin-description", s.AdminDescription)
	}
	for _, ip := range settings.Hosting.IPs {
		f.Shown.Set(familyOf(ip), ip)
	}
	for _, limit := range limits {
		f.Shown.Set(limit.Name, limit.Typed)
		f.Shown.Set(limit.Name+"-unit", limit.Unit)
	}
	return f
}

// orDefault returns what happens past a limit of those who were not told
// otherwise.
func orDefault(overuse string) string {
	if overuse == "" {
		return overuses[0].Value
	}
	return overuse
}

func (v *visit) saveWebspace(e *editSubscription) error {
	u := ledger.WebspaceUpdate{
		Name: e.changedLine("name"), ExternalID: e.changedLine("external-id"), Description: e.changedText("description"),
		AdminDescription: e.changedText("admin-description"), ResellerDescription: e.changedText("reseller-description"),
	}
	if login := e.changedLine("owner"); login != nil {
		u.Owner = &ledger.Selector{By: ledger.ByLogin, Value: *login}
	}
	var err error
	if e.changedLine("ipv4") != nil || e.changedLine("ipv6") != nil {
		if u.IPs, err = addresses(e.Typed); err != nil {
			return err
		}
	}
	limits, err := e.changedLimits()
	if err != nil {
		return err
	}
	if overuse := e.changedLine("overuse"); overuse != nil || limits != nil {
		u.Settings.Limits = &ledger.LimitsUpdate{Overuse: overuse, Values: limits}
	}
	return v.Ledger.UpdateWebspace(v.r.Context(), v.who, e.ID, u)
}

func (v *visit) suspendWebspace(e *editSubscription) error {
	return v.setStatus(e, suspendedBy(v.who.Role))
}

func (v *visit) resumeWebspace(e *editSubscription) error { return v.setStatus(e, ledger.StatusActive) }

func (v *visit) setStatus(e *editSubscription, status ledger.Status) error {
	return v.Ledger.UpdateWebspace(v.r.Context(), v.who, e.ID, ledger.WebspaceUpdate{Status: &status})
}

func (v *visit) switchPlan(e *editSubscription) error {
	_, err := v.Ledger.SwitchSubscription(v.r.Context(), v.who, e.ID, selectID(v.value("plan")))
	return inLabels(err)
}

// syncWithPlan makes the subscription follow its plan again.
func (v *visit) syncWithPlan(e *editSubscription) error {
	_, err := v.Ledger.SyncSubscription(v.r.Context(), v.who, e.ID)
	return inLabels(err)
}

// inLabels puts the names of the limits that a plan is too small for into the
// words of the forms.
func inLabels(err error) error {
	var told *ledger.Error
	if !errors.As(err, &told) || told.Kind != ledger.ErrFailed {
		return err
	}
	words := strings.NewReplacer("max_site", "domains", "max_subdom", "subdomains", "max_dom_aliases", "domain aliases")
	return ledger.Errorf(told.Kind, "%s", words.Replace(told.Text))
}

// errNotSure is for those who delete what cannot be had again, without the box
// ticked that says so.
var errNotSure = ledger.Errorf(ledger.ErrInvalid, "Nothing was deleted: tick the box first.")

func (v *visit) deleteWebspace(e *editSubscription) error {
	if v.value("sure") == "" {
		return errNotSure
	}
	return v.Ledger.DeleteWebspace(v.r.Context(), v.who, e.ID)
}
