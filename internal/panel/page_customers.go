package panel

import (
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// provided is an account with what belongs to it.
type provided struct {
	*ledger.Account
	ledger.Owned
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
	Customers      []provided
	Pages          pages
	Owner          *ledger.Account // of all of them; nil: any
	ShowsResellers bool            // whose customers they are
	MayAdd         bool
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
	if list.Customers, total, err = v.listed(q); err != nil {
		return err
	}
	list.Pages, list.ShowsResellers = v.pagesOf(q.Listing, total), v.who.Role == ledger.RoleAdmin && list.Owner == nil
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

// listed returns a page of accounts.
func (v *visit) listed(q ledger.AccountListing) (rows []provided, total int, err error) {
	ctx := v.r.Context()
	ids, total, err := v.Ledger.ListAccounts(ctx, v.who, q)
	if err != nil {
		return nil, 0, err
	}
	accounts, err := v.Ledger.Accounts(ctx, ids)
	if err != nil {
		return nil, 0, err
	}
	owned, err := v.Ledger.CountOwned(ctx, ids)
	for i := range accounts {
		rows = append(rows, provided{&accounts[i], owned[accounts[i].ID]})
	}
	return rows, total, err
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
	if c.Subscriptions, c.Webspaces, err = v.someSubscriptions(v.r.Context(), q); err != nil {
		return err
	}
	c.Account, c.Pages = a, v.pagesOf(q.Listing, c.Webspaces)
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

func customerPath(id int64) string { return fmt.Sprintf("/customers/%d", id) }
