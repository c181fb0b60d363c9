package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// SiteIDs looks up sites, main sites of subscriptions included, by their
// domain names: site/get. There is one result for each name, in the same
// order, which holds the site's ID or an error.
func (c *Client) SiteIDs(ctx context.Context, names []string) ([]Result, error) {
	return lookUp(ctx, c, names, func(names []string) Operation[[]Result] {
		return sitesNamed{Filter: SiteFilter{Name: names}}
	})
}

// ResolveSites looks up the sites behind domain names, which may be those of
// sites, of their aliases or of subdomains. The ids are in the order of the
// names; that of a name which the server does not have, or which cannot be one,
// is 0.
func (c *Client) ResolveSites(ctx context.Context, names []string) ([]int64, error) {
	s := search{client: c, names: names, ids: make([]int64, len(names))}
	err := find(ctx, &s, func(names []string) Operation[[]Result] { return sitesNamed{Filter: SiteFilter{Name: names}} })
	if err != nil {
		return nil, err
	}
	err = find(ctx, &s, func(names []string) Operation[[]alias] { return aliasesNamed{Filter: SiteAliasFilter{Name: names}} })
	if err != nil {
		return nil, err
	}
	err = find(ctx, &s, func(names []string) Operation[[]Result] { return subdomainsNamed{Filter: SubdomainFilter{Name: names}} })
	return s.ids, err
}

// The requests by which sites are looked up. Of the answers they read no more
// than that takes: programs are smaller without the types of the rest.
type (
	sitesNamed      SiteGet
	aliasesNamed    SiteAliasGet
	subdomainsNamed SubdomainGet
)

func (sitesNamed) Spec() Spec[[]Result]      { return Many[Result]("site", "get") }
func (aliasesNamed) Spec() Spec[[]alias]     { return Many[alias]("site-alias", "get") }
func (subdomainsNamed) Spec() Spec[[]Result] { return Many[Result]("subdomain", "get") }

// alias is a result of site-alias/get.
type alias struct {
	Result
	AliasOf int64 `xml:"info>site-id"`
}

func (a alias) site() (id int64, err error)  { return a.AliasOf, a.Err() }
func (r Result) site() (id int64, err error) { return r.ID, r.Err() }

// search is for the sites of names.
type search struct {
	client *Client
	names  []string
	ids    []int64 // 0 for a name that was not found yet
}

// find looks for the names that were not found yet by one more operation.
func find[T interface {
	failer
	site() (int64, error)
}](ctx context.Context, s *search, operation func(names []string) Operation[[]T]) error {
	var unknown []string
	var places []int
	for i, name := range s.names {
		if s.ids[i] == 0 {
			unknown, places = append(unknown, name), append(places, i)
		}
	}
	found, err := lookUp(ctx, s.client, unknown, operation)
	for i, result := range found {
		id, err := result.site()
		if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrInvalidValue) {
			return fmt.Errorf("looking up %s: %w", unknown[i], err)
		}
		s.ids[places[i]] = id
	}
	return err
}

// lookUp sends operations that answer with a result for each of the names in
// their filters, each with an error of its own.
func lookUp[T failer](ctx context.Context, c *Client, names []string, operation func(names []string) Operation[[]T]) (all []T, err error) {
	for some := range slices.Chunk(names, nodesPerPacket) {
		var p Packet
		results := Add(&p, operation(some))
		if err := c.send(ctx, &p); err != nil {
			return nil, err
		}
		if len(*results) != len(some) {
			return nil, fmt.Errorf("the server answered %d of %d names", len(*results), len(some))
		}
		all = append(all, *results...)
	}
	return all, nil
}
