package xmlapi

import "time"

// Observer is told what an API does, as metrics need it. Its methods are called
// on the way of every packet and by many at once: they return at once.
type Observer interface {
	// PacketBegan is called when a packet comes, and PacketEnded when it has its
	// answer.
	PacketBegan()
	PacketEnded(PacketReport)
	// NodesAnswered is called for the nodes of a run, by what came of them: 0, or
	// the code of the first error in the answer to a node.
	NodesAnswered(o *Operation, code Code, nodes int)
	// InternalError is called for every error that is the server's own.
	InternalError()
}

// PacketReport tells of a packet that has its answer.
type PacketReport struct {
	Refused     Code          // why nothing of it was executed, or 0
	Bytes       int64         // read and checked; 0 when it was refused before
	Decoding    time.Duration // the reading and checking
	Waited      time.Duration // for the client to send it
	Took        time.Duration // from its beginning until its answer was written, Waited aside
	Undelivered bool          // the answer could not be written
}

// unobserved is the observer of an API that has none.
type unobserved struct{}

func (unobserved) PacketBegan()                        {}
func (unobserved) PacketEnded(PacketReport)            {}
func (unobserved) NodesAnswered(*Operation, Code, int) {}
func (unobserved) InternalError()                      {}

func (a *API) observer() Observer {
	if a.Observer == nil {
		return unobserved{}
	}
	return a.Observer
}

// tally counts the nodes of a run by what came of them.
type tally struct {
	ok     int
	failed map[Code]int // made at the first failure
}

// fail notes an error in the answer to a node.
func (c *Call) fail(code Code) {
	if c.failed == 0 {
		c.failed = code
	}
}

// endNode counts a node that has its answer.
func (c *Call) endNode() {
	if c.failed == 0 {
		c.nodes.ok++
		return
	}
	if c.nodes.failed == nil {
		c.nodes.failed = map[Code]int{}
	}
	c.nodes.failed[c.failed]++
	c.failed = 0
}

// observeNodes tells of the nodes of a run that was executed.
func (c *Call) observeNodes(o *Operation) {
	if c.nodes.ok > 0 {
		c.api.observer().NodesAnswered(o, 0, c.nodes.ok)
	}
	for code, nodes := range c.nodes.failed {
		c.api.observer().NodesAnswered(o, code, nodes)
	}
	c.nodes = tally{}
}
