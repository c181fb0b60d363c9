package collect

// postfix reads what Postfix logs.
type postfix struct{ stateless }

func newPostfix([]string) *postfix { return &postfix{} }

// dovecot reads what Dovecot logs.
type dovecot struct{ stateless }

func newDovecot(map[string]string) *dovecot { return &dovecot{} }

func newMailParser(*postfix, *dovecot) parser { return nil }
