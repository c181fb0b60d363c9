package collect

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPflogsumm: what pflogsumm says of the recorded logs follows from what was
// sent as well as the collector's totals do. It counts otherwise:
//   - a recipient's domain is that which aliases led to,
//   - a message is a sender's once it is in the queue, and once more after a
//     filter or postsuper put it there again,
//   - a delivery to a filter is one like others,
//   - a message that only tries a delivery is one like others,
//   - a sender with a ">" is not understood, and its message has no size.
func TestPflogsumm(t *testing.T) {
	for _, folder := range []string{"postfix", "mail"} {
		t.Run(folder, func(t *testing.T) {
			var sent sentMail
			readJSON(t, folder+"/sent.json", &sent)
			log := recordedText(t, folder+"/mail.log")
			want := notices(log)
			for i := range sent.Messages {
				sent.Messages[i].countLikePflogsumm(want, queuedSizes(log, i))
			}
			countTried(want, log)
			for _, summary := range []string{
				recordedText(t, folder+"/pflogsumm.txt"),
				runPflogsumm(t, "testdata/recorded/"+folder+"/mail.log"),
			} {
				comparePflogsumm(t, want, smtpIn, summary, "Message Delivery")
				comparePflogsumm(t, want, smtpOut, summary, "Messages Received")
			}
		})
	}
}

// runPflogsumm returns the summary that the installed pflogsumm makes of a log.
// Debian keeps it where the shell of a common user does not look.
func runPflogsumm(t *testing.T, log string) string {
	t.Helper()
	t.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin")
	summary, err := exec.CommandContext(t.Context(), "pflogsumm", log).Output()
	if err != nil {
		t.Fatalf("make test installs pflogsumm: %v", err)
	}
	return string(summary)
}

func (m *sentMessage) countLikePflogsumm(want bytesOf, queued []int64) {
	if len(queued) == 0 || strings.Contains(m.From, ">") {
		return
	}
	isFiltered := strings.HasSuffix(m.Via, "content filter")
	isRequeued := strings.HasSuffix(m.Name, "requeued")
	for i, r := range m.Recipients {
		for _, d := range r.Deliveries {
			if d.Fate == "sent" {
				want.add(d.To, smtpIn, m.deliveredSize(d.By, i, queued))
			}
		}
		if isFiltered {
			want.add(r.Address, smtpIn, queued[0])
		}
	}
	if m.From == "" {
		return
	}
	want.add(m.From, smtpOut, queued[0])
	if isFiltered || isRequeued {
		want.add(m.From, smtpOut, queued[1])
	}
}

// countTried adds the message of sendmail -bv, with which a delivery was tried.
func countTried(want bytesOf, log string) {
	tried := regexp.MustCompile(`: (\w+): to=.* status=deliverable`).FindStringSubmatch(log)
	from := regexp.MustCompile(`: ` + tried[1] + `: from=<(.*)>, size=(\d+)`).FindStringSubmatch(log)
	size, _ := strconv.ParseInt(from[2], 10, 64)
	want.add(from[1], smtpOut, size)
}

// comparePflogsumm compares a counter with a table of pflogsumm's, which has
// domains of ASCII letters in whole and large numbers as so many KiB.
func comparePflogsumm(t *testing.T, want bytesOf, c counter, summary, heading string) {
	t.Helper()
	_, table, _ := strings.Cut(summary, "Host/Domain Summary: "+heading)
	table, _, _ = strings.Cut(table, "\n\n")
	rows := regexp.MustCompile(`(?m)^ +\d+ +(\d+)(k?) .* (\S+)$`).FindAllStringSubmatch(table, -1)
	compared := 0
	for _, row := range rows {
		of := want[row[3]]
		if of == nil {
			continue // the name of a client that had no sender, or letters that are not ASCII
		}
		size, _ := strconv.ParseInt(row[1], 10, 64)
		compared++
		if row[2] == "k" && of[c]>>10 != size || row[2] == "" && of[c] != size {
			t.Errorf("%s of %s: pflogsumm has %d%s instead of %d", heading, row[3], size, row[2], of[c])
		}
	}
	const least = 6
	if compared < least {
		t.Errorf("%s: only %d domains were compared", heading, compared)
	}
}
