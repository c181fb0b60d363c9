package collect

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"

	"github.com/hostledger/hostledger/ledger"
)

// message is what has to be known of a message until Postfix removes it from
// its queue.
type message struct {
	sender    []byte // the domain; empty for nobody's
	size      int64  // bytes, or sizeUnknown
	seen      ledger.Date
	counted   bool // for its sender
	forwarded bool // made by a delivery of another one, which was counted
}

// sizeUnknown is the size of a message that qmgr has not named yet.
const sizeUnknown = -1

// openMessages are the messages that were not removed yet.
type openMessages struct {
	messages map[string]*message // by host, instance and queue id
	newest   ledger.Date         // the latest day of the lines so far
	key      []byte              // room for the key of a line
}

func newOpenMessages() openMessages { return openMessages{messages: map[string]*message{}} }

// keyOf returns the key of a message, until it is called again. Queue ids are a
// host's and, where it runs several, a Postfix instance's own. Services of one
// instance may add to its name: postfix/relay/smtp is of postfix.
func (o *openMessages) keyOf(e *entry, id []byte) []byte {
	instance, _, _ := bytes.Cut(e.program, []byte("/"))
	o.key = append(append(o.key[:0], e.host...), 0)
	o.key = append(append(o.key, instance...), 0)
	o.key = append(o.key, id...)
	return o.key
}

// begin notes that a message is in the queue, which is told anew whenever
// Postfix tries it again.
func (o *openMessages) begin(key, sender []byte, size int64, day ledger.Date) {
	m := o.messages[string(key)]
	if m == nil {
		m = &message{size: sizeUnknown}
		o.messages[string(key)] = m
	}
	if m.size == sizeUnknown {
		m.sender, m.size = bytes.Clone(sender), size
	} else if m.size != size || !bytes.Equal(m.sender, sender) {
		// Another message has the id: the log lacks the removal.
		*m = message{sender: bytes.Clone(sender), size: size}
	}
	m.seen = day
}

// forward notes that a message was made of another one.
func (o *openMessages) forward(key []byte, day ledger.Date) {
	m := o.messages[string(key)]
	if m == nil {
		m = &message{size: sizeUnknown, seen: day}
		o.messages[string(key)] = m
	}
	m.forwarded = true
}

// requeue notes that a message goes on under another key.
func (o *openMessages) requeue(key []byte, again string, day ledger.Date) {
	if m := o.messages[string(key)]; m != nil {
		delete(o.messages, string(key))
		o.messages[again] = &message{size: sizeUnknown, seen: day, counted: m.counted, forwarded: m.forwarded}
	}
}

func (o *openMessages) remove(key []byte) { delete(o.messages, string(key)) }

// openDays is how long a message is remembered that no line names. Postfix gives
// up after five days unless it is told otherwise.
const openDays = 10

// passTo forgets old messages when the first line of a new day is read.
func (o *openMessages) passTo(day, latest ledger.Date) {
	if day <= o.newest || day > latest {
		return
	}
	o.newest = day
	oldest := day.AddDays(-openDays)
	for key, m := range o.messages {
		if m.seen < oldest {
			delete(o.messages, key)
		}
	}
}

// openVersion begins what save writes: the newest day, then the messages.
const openVersion = 1

const (
	savedCounted = 1 << iota
	savedForwarded
)

func (o *openMessages) save(b []byte) []byte {
	b = binary.AppendUvarint(append(b, openVersion), uint64(o.newest))
	for key, m := range o.messages {
		b = append(binary.AppendUvarint(b, uint64(len(key))), key...)
		b = append(binary.AppendUvarint(b, uint64(len(m.sender))), m.sender...)
		b = binary.AppendUvarint(b, uint64(m.size-sizeUnknown))
		b = binary.AppendUvarint(b, uint64(m.seen))
		var flags byte
		if m.counted {
			flags |= savedCounted
		}
		if m.forwarded {
			flags |= savedForwarded
		}
		b = append(b, flags)
	}
	return b
}

// restore takes back what save wrote; nothing is as if no line had been read.
func (o *openMessages) restore(saved []byte) error {
	if len(saved) == 0 {
		*o = newOpenMessages()
		return nil
	}
	in := savedReader{rest: saved}
	if in.byte() != openVersion {
		return errors.New("open messages of Postfix: of another version, or not as they were written")
	}
	open := newOpenMessages()
	open.newest = in.date()
	for len(in.rest) > 0 && !in.failed {
		key := string(in.bytes())
		m := &message{sender: bytes.Clone(in.bytes()), size: in.number(math.MaxInt64) + sizeUnknown, seen: in.date()}
		flags := in.byte()
		m.counted, m.forwarded = flags&savedCounted != 0, flags&savedForwarded != 0
		open.messages[key] = m
	}
	if in.failed {
		return errors.New("open messages of Postfix: not as they were written")
	}
	*o = open
	return nil
}

// savedReader reads what save wrote. After a failure it reads zeroes.
type savedReader struct {
	rest   []byte
	failed bool
}

func (r *savedReader) byte() byte {
	if len(r.rest) == 0 {
		r.failed = true
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *savedReader) number(most uint64) int64 {
	n, length := binary.Uvarint(r.rest)
	if length <= 0 || n > most {
		r.failed, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[length:]
	return int64(n)
}

func (r *savedReader) date() ledger.Date { return ledger.Date(r.number(uint64(ledger.MaxDate))) }

func (r *savedReader) bytes() []byte {
	length := r.number(uint64(len(r.rest)))
	if int(length) > len(r.rest) {
		r.failed, r.rest = true, nil
		return nil
	}
	b := r.rest[:length]
	r.rest = r.rest[length:]
	return b
}
