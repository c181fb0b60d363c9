package hostledgertest

// Option says what kind of server is wanted.
type Option func(*options)

type options struct {
	fixtures []string
	database string
	tls      bool
}

func wanted(list []Option) (o options) {
	for _, option := range list {
		option(&o)
	}
	return o
}

// WithFixture executes a fixture before the server listens.
func WithFixture(packets string) Option {
	return func(o *options) { o.fixtures = append(o.fixtures, packets) }
}

// WithTLS serves HTTPS. The HTTP client of the server, and its Client, trust the
// certificate, which is [Server.Certificate].
func WithTLS() Option { return func(o *options) { o.tls = true } }

// OnDatabase keeps the ledger in an empty PostgreSQL database, of which it is
// given the URL.
func OnDatabase(url string) Option { return func(o *options) { o.database = url } }
