package client

import (
	"context"
	"slices"
)

// nodesPerPacket is how many nodes or values of a filter go into one packet: a
// bound on what is sent again, and on how long a server works on an answer.
const nodesPerPacket = 2000

// SetTraffic stores mail traffic of days: webspace/set_traffic, in as many
// packets as it takes. What a server had for the same day and subscription is
// replaced, so sending twice is sending once.
//
// There is one result for each day given, in the same order; a day that is
// refused touches no other. The error is about a packet as a whole: it was not
// delivered, not answered, or refused. The results are then those of the days
// in the packets before it.
func (c *Client) SetTraffic(ctx context.Context, days []WebspaceSetTraffic) ([]Result, error) {
	return sendEach(ctx, c, days)
}

// SetSiteTraffic stores mail traffic of days: site/set_traffic. It is as
// [Client.SetTraffic], but counters that are left out stay as they are.
func (c *Client) SetSiteTraffic(ctx context.Context, days []SiteSetTraffic) ([]Result, error) {
	return sendEach(ctx, c, days)
}

// sendEach sends operations in packets of bounded size.
func sendEach[O Operation[Result]](ctx context.Context, c *Client, operations []O) (results []Result, err error) {
	for some := range slices.Chunk(operations, nodesPerPacket) {
		var p Packet
		answers := make([]*Result, len(some))
		for i, o := range some {
			answers[i] = Add(&p, o)
		}
		if err := c.send(ctx, &p); err != nil {
			return results, err
		}
		for _, answer := range answers {
			results = append(results, *answer)
		}
	}
	return results, nil
}
