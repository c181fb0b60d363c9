package client

import (
	"context"
	"encoding/xml"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// SiteIDs looks up sites, main sites of subscriptions included, by their
// domain names: site/get. There is one result for each name, in the same
// order, which holds the site's ID or an error.
func (c *Client) SiteIDs(ctx context.Context, names []string) ([]Result, error) {
	if len(names) == 0 {
		return nil, nil
	}
	request := struct {
		XMLName xml.Name `xml:"packet"`
		Filter  filter   `xml:"site>get>filter"`
		Dataset struct{} `xml:"site>get>dataset"`
	}{Filter: filter{By: ledger.ByName, Values: names}}
	var answer struct {
		Results []Result `xml:"site>get>result"`
	}
	if err := c.exchange(ctx, request, &answer); err != nil {
		return nil, err
	}
	if len(answer.Results) != len(names) {
		return nil, fmt.Errorf("the server answered %d of %d names of sites", len(answer.Results), len(names))
	}
	return answer.Results, nil
}
