package panel

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// provided is an account with what belongs to it: of a customer his
// subscriptions, of a reseller his customers.
type provided struct {
	*ledger.Account
	Count int
}

// StatusWords says why the account is out of service, or nothing.
func (p provided) StatusWords() string {
	if p.EffectiveStatus() == ledger.StatusParentDown {
		return "suspended with the reseller"
	}
	return statusWords(p.EffectiveStatus())
}

// customerList is a page of a host's customers.
type customerList struct {
	Customers []provided
	Pages     pages
	Owner     *ledger.Account // of all of them; nil: any
	AddOwner  string          // the reseller to whom a new one is given; "": the reader
	MayAdd    bool
}

func customersPage(v *visit) error {
	list := customerList{MayAdd: v.account.MayAddCustomers()}
	q := ledger.AccountListing{Listing: v.listing(), Role: ledger.RoleCustomer}
	if v.query().Has("owner") {
		owner, err := v.ownerOfList()
		if err != nil {
			return err
		}
		list.Owner, q.OwnerID = owner, owner.ID
	}
	var total int
	var err error
	if list.Customers, total, err = v.listed(q, v.countWebspaces); err != nil {
		return err
	}
	list.Pages = v.pagesOf(q.Listing, total)
	return v.show(view{template: "customers", title: "Customers", data: list})
}

// ownerOfList returns the reseller whose customers are asked for.
func (v *visit) ownerOfList() (*ledger.Account, error) {
	id, err := strconv.ParseInt(v.query().Get("owner"), 10, 64)
	if err != nil {
		return nil, errNoPage
	}
	if err := found(v.Ledger.FindResellers(v.r.Context(), v.who, byID(id))); err != nil {
		return nil, err
	}
	return v.accountByID(id)
}

// listed returns a page of accounts, with what count says of each.
func (v *visit) listed(q ledger.AccountListing, count func(context.Context, int64) (int, error)) (rows []provided, total int, err error) {
	ctx := v.r.Context()
	ids, total, err := v.Ledger.ListAccounts(ctx, v.who, q)
	if err != nil {
		return nil, 0, err
	}
	accounts, err := v.Ledger.Accounts(ctx, ids)
	if err != nil {
		return nil, 0, err
	}
	rows = make([]provided, len(accounts))
	for i := range accounts {
		rows[i].Account = &accounts[i]
		if rows[i].Count, err = count(ctx, accounts[i].ID); err != nil {
			return nil, 0, err
		}
	}
	return rows, total, nil
}

func (v *visit) countWebspaces(ctx context.Context, owner int64) (int, error) {
	_, total, err := v.Ledger.ListWebspaces(ctx, v.who, ledger.WebspaceListing{OwnerID: owner})
	return total, err
}

// accountByID reads an account that the visitor may see.
func (v *visit) accountByID(id int64) (*ledger.Account, error) {
	accounts, err := v.Ledger.Accounts(v.r.Context(), []int64{id})
	if err != nil {
		return nil, err
	}
	if len(accounts) == 0 {
		return nil, errNoPage
	}
	return &accounts[0], nil
}

// customer reads the customer in the path of a page.
func (v *visit) customer() (*ledger.Account, error) {
	id, err := v.pathID()
	if err != nil {
		return nil, err
	}
	if err := found(v.Ledger.FindCustomers(v.r.Context(), v.who, byID(id))); err != nil {
		return nil, err
	}
	return v.accountByID(id)
}

// customerView is what the page of a customer shows.
type customerView struct {
	provided
	Balances      []balance
	Subscriptions []subscription
	Pages         pages
	MayResume     bool // the reader, who ends the customer's suspension
}

func customerPage(v *visit) error {
	a, err := v.customer()
	if err != nil {
		return err
	}
	c := customerView{MayResume: a.Status.IsActiveAfter(v.who.Role)}
	if c.Balances, err = v.balances(a.ID); err != nil {
		return err
	}
	q := ledger.WebspaceListing{Listing: v.listing(), OwnerID: a.ID}
	if c.Subscriptions, c.Count, err = v.someSubscriptions(v.r.Context(), q); err != nil {
		return err
	}
	c.Account, c.Pages = a, v.pagesOf(q.Listing, c.Count)
	return v.show(view{template: "customer", title: a.Contact.Name, data: c})
}

// customerStatus takes a customer out of service, or puts him back.
func customerStatus(v *visit) error {
	a, err := v.customer()
	if err != nil {
		return err
	}
	status, notice := ledger.StatusActive, "resumed"
	if v.value("status") == "suspended" {
		status, notice = suspendedBy(v.who.Role), "suspended"
	}
	if err := v.Ledger.UpdateCustomer(v.r.Context(), v.who, a.ID, ledger.AccountUpdate{Status: &status}); err != nil {
		return err
	}
	return v.done(customerPath(a.ID), notice)
}

// suspendedBy is the status of what a provider suspends.
func suspendedBy(role ledger.Role) ledger.Status {
	if role == ledger.RoleReseller {
		return ledger.StatusDownByReseller
	}
	return ledger.StatusDownByAdmin
}

func customerPath(id int64) string { return fmt.Sprintf("/customers/%d", id) }
