package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/hostledger/hostledger/xmlapi"
)

// operations are the metrics of what packets ask for. Operations are those of
// the registry, so that nothing that a client sends becomes a label.
type operations struct {
	done     map[*xmlapi.Operation]operation
	internal prometheus.Counter
}

// operation has the counters of one operation: that of nodes without an error is
// looked up once, because nearly all nodes are.
type operation struct {
	ok     prometheus.Counter
	failed *prometheus.CounterVec // by code
}

func newOperations(f factory) operations {
	byResult := f.counterVec("operations_total",
		"Operations that were executed, each node of a packet counting as one: ok, or the code of the first error in its answer.",
		"operator", "operation", "result")
	done := map[*xmlapi.Operation]operation{}
	for _, o := range xmlapi.Operations() {
		failed := byResult.MustCurryWith(prometheus.Labels{"operator": o.Operator, "operation": o.Name})
		done[o] = operation{ok: failed.WithLabelValues(resultOK), failed: failed}
	}
	return operations{
		done: done,
		internal: f.counter("internal_errors_total",
			"Errors that are the server's own, such as a full disk: the log tells of each. Clients get 1023 and no details."),
	}
}

// NodesAnswered implements [xmlapi.Observer].
func (o *operations) NodesAnswered(op *xmlapi.Operation, code xmlapi.Code, nodes int) {
	counter := o.done[op].ok
	if code != 0 {
		counter = o.done[op].failed.WithLabelValues(label(code))
	}
	counter.Add(float64(nodes))
}

// InternalError implements [xmlapi.Observer].
func (o *operations) InternalError() { o.internal.Inc() }
