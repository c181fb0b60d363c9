package xmlapi

import (
	"fmt"
	"slices"
)

// packet is a request that was read and found valid as a whole.
type packet struct {
	version   string // as requested, "" when the request names none
	operators []operatorNode
}

// operatorNode is one operator element of a packet: runs of operations.
type operatorNode struct {
	name string
	runs []run
}

// answerVersion is the version that the answer carries.
func (p *packet) answerVersion() string {
	if p.version == "" {
		return NewestVersion
	}
	return p.version
}

// open reads up to the packet's start tag, which names the version. It
// consumes no more, so that a request can be refused without reading it.
func (p *packet) open(r *Reader) {
	r.startDocument()
	if r.fatal != nil || !r.hasPrefix("<") || !r.scanStartTag() {
		r.malformed()
		return
	}
	for _, a := range r.tag.attrs {
		if a.name == "version" {
			p.version = a.value
		}
	}
}

// decode reads the whole packet. Whether it is valid is for r.finish to say.
func (p *packet) decode(r *Reader) {
	if name := r.expand(string(r.tagName()), r.tag.namespace); name != "packet" {
		r.violate(r.offset()+int64(r.tag.size), "Element '%s': No matching global declaration available for the validation root.", name)
		r.walkInto(string(r.tagName()))
		return
	}
	if !r.Enter("packet", "version") {
		return
	}
	if r.Next("request-settings") {
		decodeRequestSettings(r)
	}
	names := operatorNames
	if isOlder(p.version) {
		names = append(slices.Clone(names), olderNames...)
	}
	i := r.OneOf(names...)
	for i >= 0 {
		p.operators = append(p.operators, decodeOperator(r, names[i], operatorNamed(names[i])))
		i = r.peek(names)
	}
	r.Leave()
}

// decodeRequestSettings reads settings of the request. None is known; they
// are accepted because the schema has them.
func decodeRequestSettings(r *Reader) {
	r.Enter("request-settings")
	for {
		r.Enter("setting")
		r.String("name")
		if r.Next("value") {
			r.String("value")
		}
		r.Leave()
		if !r.Next("setting") {
			break
		}
	}
	r.Leave()
}

// decodeOperator reads an operator element, which goes by name in this packet.
func decodeOperator(r *Reader, name string, o *operator) operatorNode {
	node := operatorNode{name: name}
	if !r.Enter(name) {
		return node
	}
	last := -1
	i := r.OneOf(o.names...)
	for i >= 0 {
		if i != last {
			node.runs = append(node.runs, o.operations[i].begin())
			last = i
		}
		decodeRun(r, o.names[i], node.runs[len(node.runs)-1])
		i = r.peek(o.names)
	}
	r.Leave()
	return node
}

// decodeRun reads neighbouring nodes of one operation.
func decodeRun(r *Reader, name string, nodes run) {
	for r.Enter(name) {
		r.countOperation()
		nodes.decode(r)
		r.Leave()
		for r.enterFast(name) {
			r.countOperation()
			nodes.decode(r)
			r.Leave()
		}
		if r.peek([]string{name}) != 0 {
			return
		}
	}
}

func (r *Reader) countOperation() {
	if r.operations++; r.limits.Operations > 0 && r.operations > r.limits.Operations {
		r.fail(fmt.Errorf("The packet holds more than %d operations", r.limits.Operations))
	}
}

// execute does what the packet asks and writes the answer.
func (p *packet) execute(c *Call) error {
	c.w.document(p.answerVersion())
	for _, o := range p.operators {
		c.w.Start(o.name)
		for _, nodes := range o.runs {
			nodes.execute(c)
			c.observeNodes(nodes.operation())
		}
		c.w.End(o.name)
	}
	return c.w.endDocument()
}
