package peers

import (
	"context"
	"os/exec"
)

// Pflogsumm returns the command that has Debian's pflogsumm summarize a log of
// Postfix: what every domain received and sent, and as little else as it can.
func Pflogsumm(ctx context.Context, log string) (*exec.Cmd, error) {
	program, err := need(ctx, "pflogsumm", "pflogsumm")
	if err != nil {
		return nil, err
	}
	const mostDomains = "1000000"
	return exec.CommandContext(ctx, program, "-h", mostDomains, "--detail", "0", "--no-no-msg-size", log), nil
}
