package client

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// SiteIDs looks up sites, main sites of subscriptions included, by their
// domain names: site/get. There is one result for each name, in the same
// order, which holds the site's ID or an error.
func (c *Client) SiteIDs(ctx context.Context, names []string) ([]Result, error) {
	found, err := c.named(ctx, "site", names)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, site := range found {
		results = append(results, site.Result)
	}
	return results, nil
}

// ResolveSites looks up the sites behind domain names, which may be those of
// sites, of their aliases or of subdomains. The ids are in the order of the
// names; that of a name which the server does not have, or which cannot be one,
// is 0.
func (c *Client) ResolveSites(ctx context.Context, names []string) ([]int64, error) {
	ids := make([]int64, len(names))
	for _, operator := range []string{"site", "site-alias", "subdomain"} {
		var unknown []string
		var places []*int64
		for i, name := range names {
			if ids[i] == 0 {
				unknown, places = append(unknown, name), append(places, &ids[i])
			}
		}
		found, err := c.named(ctx, operator, unknown)
		if err != nil {
			return nil, err
		}
		for i, site := range found {
			if *places[i], err = site.id(); err != nil {
				return nil, fmt.Errorf("%s/get of %s: %w", operator, unknown[i], err)
			}
		}
	}
	return ids, nil
}

// namedSite is the answer about a name of a site.
type namedSite struct {
	Result
	AliasOf int64 `xml:"info>site-id"`
}

// id returns the site's id, 0 when there is none of that name.
func (s *namedSite) id() (int64, error) {
	switch {
	case s.Code == codeNotFound, s.Code == codeInvalidValue:
		return 0, nil
	case s.AliasOf != 0:
		return s.AliasOf, s.Err()
	}
	return s.ID, s.Err()
}

// Codes of errors; see docs/reference/errors.md.
const (
	codeNotFound     = 1013
	codeInvalidValue = 1019
)

// named asks an operator for the objects of names; there is an answer for each.
func (c *Client) named(ctx context.Context, operator string, names []string) (all []namedSite, err error) {
	for packet := range slices.Chunk(names, nodesPerPacket) {
		found, err := c.namedPacket(ctx, operator, packet)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func (c *Client) namedPacket(ctx context.Context, operator string, names []string) ([]namedSite, error) {
	type get struct {
		XMLName xml.Name
		Filter  filter    `xml:"get>filter"`
		Dataset *struct{} `xml:"get>dataset"`
	}
	request := struct {
		XMLName xml.Name `xml:"packet"`
		Get     get
	}{Get: get{XMLName: xml.Name{Local: operator}, Filter: filter{By: ledger.ByName, Values: names}}}
	if operator == "site" { // the others have no datasets
		request.Get.Dataset = &struct{}{}
	}
	var answer struct {
		Operator struct {
			Results []namedSite `xml:"get>result"`
		} `xml:",any"`
	}
	if err := c.exchange(ctx, request, &answer); err != nil {
		return nil, err
	}
	if len(answer.Operator.Results) != len(names) {
		return nil, fmt.Errorf("the server answered %d of %d names in %s/get", len(answer.Operator.Results), len(names), operator)
	}
	return answer.Operator.Results, nil
}
