package xmlapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/hostledger/hostledger/ledger"
)

// skipComments moves over what may stand between two packets. The second may
// have a declaration of its own.
func (r *Reader) skipComments() {
	for r.fatal == nil && r.skipSpace() && r.hasPrefix("<!--") {
		r.skipComment()
	}
}

// RunFixture executes the packets of a fixture, one after the other, as who.
// A fixture is an ordinary request packet, or several in a row. It stops at
// the first packet that is invalid or of which an operation fails.
func (a *API) RunFixture(ctx context.Context, who ledger.Identity, fixture io.Reader) error {
	r := newReader(fixture, a.Limits)
	for n := 1; ; n++ {
		p := &packet{}
		p.open(r)
		err := r.fatal
		if err == nil {
			err = checkVersion(p.version)
		}
		if err == nil {
			p.decode(r)
			r.finishElement()
			err = errors.Join(r.fatal, r.invalid)
		}
		if err != nil {
			return fmt.Errorf("packet %d of the fixture: %w", n, err)
		}
		var answer bytes.Buffer
		if err := p.execute(&Call{Context: ctx, api: a, requestID: "fixture", who: who, w: newWriter(&answer, true)}); err != nil {
			return err
		}
		if bytes.Contains(answer.Bytes(), []byte("<status>error</status>")) {
			return fmt.Errorf("packet %d of the fixture failed:\n%s", n, answer.Bytes())
		}
		if r.skipComments(); r.fatal != nil || !r.has(1) {
			return r.fatal
		}
	}
}
