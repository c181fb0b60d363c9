package collect

import (
	"slices"
	"strings"
	"testing"
)

// recordedTransfer is what went over the socket of a file, in the order in which
// the servers logged them.
type recordedTransfer struct {
	Name, Domain, Direction string
	Bytes                   int64
}

func (r *recordedTransfer) logged() siteBytes {
	if r.Direction == "in" {
		return siteBytes{r.Domain, bytesOfBoth{In: r.Bytes}}
	}
	return siteBytes{r.Domain, bytesOfBoth{Out: r.Bytes}}
}

// TestRecordedFTP reads what real servers logged and compares it with what was
// sent, file by file.
func TestRecordedFTP(t *testing.T) {
	users := map[string]string{"site1": "example.com", "site2": "example.net", "site3": "example.org"}
	paths := []string{"/var/www/vhosts/{domain}/"}
	// ProFTPD counts the bytes of texts as they are on the disk, where lines have
	// one byte less at their end, and not all of an upload that ends early.
	proftpd := with(brokenOff, map[string]apart{
		"upload as text":             {in: [2]int64{-1000, 0}},
		"download as text":           {out: [2]int64{-1000, 0}},
		"upload aborted":             {in: [2]int64{-30000, 0}},
		"client gone amid an upload": {in: [2]int64{-30000, 0}},
	})
	for _, c := range []struct {
		name, log string
		source    Source
		may       map[string]apart
	}{
		{"ProFTPD, by users", "proftpd/xferlog", Source{Format: "xferlog", Users: users}, proftpd},
		{"ProFTPD, by paths", "proftpd/xferlog", Source{Format: "xferlog", Paths: paths}, proftpd},
		{"vsftpd", "vsftpd/xferlog", Source{Format: "xferlog", Users: users}, brokenOff},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := c.source.newParser()
			if err != nil {
				t.Fatal(err)
			}
			var sent struct{ Transfers []recordedTransfer }
			lines := slices.DeleteFunc(recorded(t, c.log, &sent), isRemoval)
			for _, transfer := range sent.Transfers {
				compare(t, transfer.Name, readOne(t, p, testOrigin(), lines[0], ftpIn, ftpOut), transfer.logged(), c.may)
				lines = lines[1:]
			}
			if len(lines) > 0 {
				t.Errorf("%d lines are of no transfer", len(lines))
			}
		})
	}
}

// isRemoval tells whether a line is of a file that was removed.
func isRemoval(line string) bool { return strings.Contains(line, " _ d r ") }
