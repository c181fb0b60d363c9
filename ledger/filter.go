package ledger

import (
	"context"
	"slices"
	"strconv"
)

// By is what a filter looks at. The names are the protocol's own.
type By string

// What objects are selected by.
const (
	ByAll             By = "" // a blank filter: all that the caller may see
	ByID              By = "id"
	ByGUID            By = "guid"
	ByName            By = "name"
	ByLogin           By = "login"
	ByExternalID      By = "external-id"
	ByOwnerID         By = "owner-id"
	ByOwnerLogin      By = "owner-login"
	ByOwnerGUID       By = "owner-guid"
	ByOwnerExternalID By = "owner-external-id"
	ByParentID        By = "parent-id" // the webspace of a site
	ByParentName      By = "parent-name"
	ByParentGUID      By = "parent-guid"
	ByParentSiteID    By = "parent-site-id"
	ByParentSiteName  By = "parent-site-name"
	ByParentSiteGUID  By = "parent-site-guid"
	BySiteID          By = "site-id" // the site that the object belongs to
	BySiteName        By = "site-name"
)

// Selector picks objects by one value.
type Selector struct {
	By    By
	Value string
}

// Filter picks objects by one or more values of one kind. See the page on
// available filters in the XML API reference.
type Filter struct {
	By     By
	Values []string
}

// Match is what one value of a filter came to: an object (ID set), nothing to
// report (ID 0, Err nil: an owner without objects), or an error.
type Match struct {
	FilterID string // the value as requested; for a blank filter the object's id
	ID       int64
	Err      error
}

// Named is what one value of a filter by name came to.
type Named[T any] struct {
	Value  string // as requested; for a blank filter the object's name
	Object *T
	Err    error
}

// named returns the objects that values name, each one's name being what name
// returns; all of them when there are no values. A value that comes again is
// answered once.
func named[T any](all []T, values []string, name func(*T) string, missing error) (found []Named[T]) {
	if len(values) == 0 {
		for i := range all {
			found = append(found, Named[T]{Value: name(&all[i]), Object: &all[i]})
		}
		return found
	}
	seen := map[string]bool{}
	for _, value := range values {
		if seen[value] {
			continue
		}
		seen[value] = true
		i := slices.IndexFunc(all, func(object T) bool { return name(&object) == value })
		if i < 0 {
			found = append(found, Named[T]{Value: value, Err: missing})
			continue
		}
		found = append(found, Named[T]{Value: value, Object: &all[i]})
	}
	return found
}

// of returns the selector of the object itself that an owner or parent
// selector names, or ok false when by is about the object itself.
func (s Selector) of() (holder Selector, isOwner, ok bool) {
	switch s.By {
	case ByOwnerID:
		return Selector{ByID, s.Value}, true, true
	case ByOwnerLogin:
		return Selector{ByLogin, s.Value}, true, true
	case ByOwnerGUID:
		return Selector{ByGUID, s.Value}, true, true
	case ByOwnerExternalID:
		return Selector{ByExternalID, s.Value}, true, true
	case ByParentID, ByParentSiteID, BySiteID:
		return Selector{ByID, s.Value}, false, true
	case ByParentName, ByParentSiteName, BySiteName:
		return Selector{ByName, s.Value}, false, true
	case ByParentGUID, ByParentSiteGUID:
		return Selector{ByGUID, s.Value}, false, true
	}
	return Selector{}, false, false
}

// find runs a filter: the values in the order of the request, each one's
// objects by ascending id, an error for each value that selects nothing.
func (l *Ledger) find(ctx context.Context, who Identity, f Filter, missing error, ids func(Selector) ([]int64, error)) ([]Match, error) {
	if f.By == ByAll {
		f.Values = []string{""}
	}
	var matches []Match
	for _, value := range f.Values {
		s := Selector{f.By, value}
		if _, isOwner, _ := s.of(); isOwner && !who.isProvider() {
			matches = append(matches, Match{FilterID: value, Err: errPermission})
			continue
		}
		found, err := ids(s)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			m := Match{FilterID: value, ID: id}
			if f.By == ByAll {
				m.FilterID = strconv.FormatInt(id, 10)
			}
			matches = append(matches, m)
		}
		if len(found) == 0 && f.By != ByAll {
			m := Match{FilterID: value}
			if m.Err, err = l.whyNone(ctx, who, s, missing); err != nil {
				return nil, err
			}
			matches = append(matches, m)
		}
	}
	return matches, nil
}

// whyNone tells what to answer for a value that selected nothing.
func (l *Ledger) whyNone(ctx context.Context, who Identity, s Selector, missing error) (answer, err error) {
	holder, isOwner, ok := s.of()
	if !ok {
		return missing, nil
	}
	var ids []int64
	switch s.By {
	case ByParentID, ByParentName, ByParentGUID:
		ids, err = l.store.WebspaceIDs(ctx, who.Scope(), normalize(holder))
	case ByParentSiteID, ByParentSiteName, ByParentSiteGUID, BySiteID, BySiteName:
		ids, err = l.store.SiteIDs(ctx, who.Scope(), normalize(holder))
	default:
		ids, err = l.store.AccountIDs(ctx, who.Scope(), 0, holder)
	}
	switch {
	case err != nil:
		return nil, err
	case len(ids) > 0:
		return nil, nil
	case isOwner:
		return errOwnerNotFound, nil
	case s.By == BySiteID || s.By == BySiteName:
		return errNoHome, nil
	}
	return missing, nil
}

// normalize turns a domain name into the form that stores keep and look up.
func normalize(s Selector) Selector {
	switch s.By {
	case ByName, ByParentName, ByParentSiteName, BySiteName:
		if name, err := parseSubdomainName(s.Value); err == nil {
			s.Value = name.ASCII
		}
	}
	return s
}
