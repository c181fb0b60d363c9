package xmlapi

import "github.com/hostledger/hostledger/ledger"

// noButtons answers a request for the buttons of objects. This server has no
// pages to put buttons on.
func (c *Call) noButtons(matches []ledger.Match, err error) {
	c.each(matches, err, func(int64) error { return nil })
}
