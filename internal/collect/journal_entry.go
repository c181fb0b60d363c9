package collect

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// journalEntry is what `journalctl -o json` tells of an entry.
type journalEntry struct {
	Message  journalField `json:"MESSAGE"`
	Program  journalField `json:"SYSLOG_IDENTIFIER"`
	Host     journalField `json:"_HOSTNAME"`
	Realtime string       `json:"__REALTIME_TIMESTAMP"` // microseconds since 1970
}

// journalField is a field's value: a string, an array of bytes where it is not
// plain text, an array of values where there are several, or null where it is
// long and journalctl was not told --all.
type journalField []byte

// UnmarshalJSON takes the first of several values.
func (f *journalField) UnmarshalJSON(value []byte) error {
	if value[0] != '[' {
		var text string
		err := json.Unmarshal(value, &text)
		*f = journalField(text)
		return err
	}
	var octets []byte
	if json.Unmarshal(value, &octets) == nil {
		*f = octets
		return nil
	}
	var several []journalField
	err := json.Unmarshal(value, &several)
	if len(several) > 0 {
		*f = several[0]
	}
	return err
}

func readJournal(line []byte, from *origin) (entry, bool) {
	var of journalEntry
	if json.Unmarshal(line, &of) != nil {
		return entry{}, false
	}
	microseconds, err := strconv.ParseInt(of.Realtime, 10, 64)
	at := time.UnixMicro(microseconds).In(from.zone)
	if err != nil || at.Year() < 1 || at.Year() > 9999 {
		return entry{}, false
	}
	return entry{line: line, day: ledger.DateOf(at), host: of.Host, program: of.Program, text: of.Message}, true
}
