package xmlapi

import "io"

// Outline is what a packet asks for, without the values.
type Outline struct {
	Version    string       // of the answer
	Operations []*Operation // in the order of the packet; neighbouring nodes of one operation are one
}

// ReadOutline reads a packet that is not to be executed. Of one that is not
// valid the outline holds no operations.
func ReadOutline(body io.Reader) Outline {
	r := newReader(body, DefaultLimits)
	defer r.close()
	p := &packet{}
	p.open(r)
	outline := Outline{Version: p.answerVersion()}
	if p.read(r) != nil {
		return outline
	}
	for _, o := range p.operators {
		for _, nodes := range o.runs {
			outline.Operations = append(outline.Operations, nodes.operation())
		}
	}
	return outline
}
