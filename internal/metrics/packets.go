package metrics

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/hostledger/hostledger/xmlapi"
)

// resultOK is the result of what has no error. Others are the error's code.
const resultOK = "ok"

// packets are the metrics of packets as a whole.
type packets struct {
	inFlight    prometheus.Gauge
	executed    prometheus.Counter
	refused     *prometheus.CounterVec // by code
	undelivered prometheus.Counter
	duration    prometheus.Histogram
	bytes       prometheus.Counter
	decoding    prometheus.Counter
	waiting     prometheus.Counter
}

// refusals are the codes with which packets are refused. Their counters are
// there from the beginning, so that the first refusal is seen as one.
var refusals = []xmlapi.Code{
	xmlapi.CodeWrongPassword, xmlapi.CodeVersion, xmlapi.CodePermission, xmlapi.CodeDisabled, xmlapi.CodeLocked,
	xmlapi.CodeInvalidRequest, xmlapi.CodeOperationFailed, xmlapi.CodeNoAuthMethod, xmlapi.CodeSecretKey,
}

func newPackets(f factory) packets {
	byResult := f.counterVec("packets_total",
		"Packets that were answered: ok, or the error code with which the whole packet was refused.", "result")
	for _, code := range refusals {
		byResult.WithLabelValues(label(code))
	}
	return packets{
		executed: byResult.WithLabelValues(resultOK),
		refused:  byResult,
		inFlight: f.gauge("packets_in_flight", "Packets that are being received, executed or answered."),
		undelivered: f.counter("answers_undelivered_total",
			"Answers that could not be sent, mostly because the client had gone. What the packet asked for may have been done."),
		duration: f.histogram("packet_duration_seconds",
			"Time from a packet's beginning until its answer was sent, without the wait for the client to send it; of packets that were not refused.",
			[]float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}),
		bytes:    f.counter("packet_read_bytes_total", "Bytes of packets that were read and checked."),
		decoding: f.counter("packet_decode_seconds_total", "Time spent reading and checking these bytes."),
		waiting:  f.counter("packet_wait_seconds_total", "Time spent waiting for clients to send their packets."),
	}
}

// PacketBegan implements [xmlapi.Observer].
func (p *packets) PacketBegan() { p.inFlight.Inc() }

// PacketEnded implements [xmlapi.Observer].
func (p *packets) PacketEnded(r xmlapi.PacketReport) {
	p.inFlight.Dec()
	if r.Refused == 0 {
		p.executed.Inc()
		p.duration.Observe(r.Took.Seconds())
	} else {
		p.refused.WithLabelValues(label(r.Refused)).Inc()
	}
	if r.Undelivered {
		p.undelivered.Inc()
	}
	p.bytes.Add(float64(r.Bytes))
	p.decoding.Add(r.Decoding.Seconds())
	p.waiting.Add(r.Waited.Seconds())
}

// label returns a code as a label has it.
func label(code xmlapi.Code) string { return strconv.Itoa(int(code)) }
