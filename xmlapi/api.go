package xmlapi

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// API answers packets out of a ledger. It is safe for concurrent use.
type API struct {
	Ledger  *ledger.Ledger
	Machine Machine
	Limits  Limits
	Log     *slog.Logger
	// Observer is told what the API does; nil: nobody is.
	Observer Observer
	// Intercept, if there is one, is asked before each node of a client's packet.
	// An error is the answer to that node, which is not executed then: a
	// *SystemError with code and text, or one of the ledger. Fixtures are not
	// intercepted.
	Intercept func(*Operation) error
}

// Request is one posted packet.
type Request struct {
	ID     string // names the request in the log
	Body   io.Reader
	Size   int64 // of the body in bytes, where it is known
	Pretty bool  // answer indented
	// Authenticate finds out who asks, when it is due: after the version was
	// looked at and before the packet is. It returns a ledger error, a
	// SystemError, or an internal error.
	Authenticate func(context.Context) (ledger.Identity, error)
}

// Answer reads, checks and executes a packet and writes its answer. The error
// is that of writing: whatever is wrong with the packet is in the answer.
//
// The order of the checks is the protocol's: version, credentials, validity of
// the whole packet. The first that fails is the answer, and nothing has been
// executed then.
func (a *API) Answer(ctx context.Context, req Request, out io.Writer) error {
	began := time.Now()
	report := PacketReport{Undelivered: true} // until it is there
	a.observer().PacketBegan()
	defer func() {
		report.Took = time.Since(began) - report.Waited
		a.observer().PacketEnded(report)
	}()
	p, who, err := a.checkUp(ctx, req, &report)
	if err == nil {
		w := newWriter(out, req.Pretty)
		defer w.release()
		err = p.execute(&Call{Context: ctx, api: a, intercept: a.Intercept, requestID: req.ID, who: who, w: w})
	} else {
		refusal := a.systemError(ctx, req.ID, err)
		report.Refused = refusal.Code
		err = WriteSystemError(out, p.answerVersion(), refusal)
	}
	report.Undelivered = err != nil
	return err
}

func (a *API) checkUp(ctx context.Context, req Request, report *PacketReport) (*packet, ledger.Identity, error) {
	r := newReader(req.Body, a.Limits)
	defer func() {
		report.Waited = r.waited
		r.close()
	}()
	p := &packet{}
	p.open(r)
	if r.fatal == nil {
		if err := checkVersion(p.version); err != nil {
			return p, ledger.Identity{}, err
		}
	}
	who, err := req.Authenticate(ctx)
	if err != nil {
		return p, who, err
	}
	if who.Role == ledger.RoleCustomer {
		r.limits = r.limits.forCustomer()
	}
	if req.Size > r.limits.Bytes {
		r.failAsTooLarge()
	}
	waited, began := r.waited, time.Now()
	err = p.read(r)
	report.Bytes, report.Decoding = r.taken, time.Since(began)-(r.waited-waited)
	return p, who, err
}

// read reads the packet that open has begun.
func (p *packet) read(r *Reader) error {
	if r.fatal == nil {
		p.decode(r)
	}
	if err := r.finish(); err != nil {
		return &SystemError{CodeInvalidRequest, "Parser error: " + err.Error()}
	}
	return nil
}

func (a *API) systemError(ctx context.Context, id string, err error) *SystemError {
	var system *SystemError
	if errors.As(err, &system) {
		return system
	}
	code, text, ok := codeOf(err)
	if !ok {
		a.observer().InternalError()
		a.Log.ErrorContext(ctx, "checking a packet failed", "request", id, "error", err)
	}
	return &SystemError{code, text}
}
