package ledger

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What a password costs: the second choice of OWASP's password storage page,
// about 25 ms and 19 MiB. The figures stand in each hash, so that they can
// change without making old hashes useless.
const (
	argonMemoryKiB = 19 * 1024
	argonTime      = 2
	argonThreads   = 1
	argonSaltLen   = 16
	argonKeyLen    = 32

	weakMemoryKiB = 8 // the least that argon2 takes
)

// passwords hashes and checks passwords by argon2id (RFC 9106).
type passwords struct {
	random    io.Reader
	memoryKiB uint32        // of new hashes
	slots     chan struct{} // bounds how many are at it, and so the memory
}

func newPasswords(random io.Reader, weak bool) passwords {
	p := passwords{random: random, memoryKiB: argonMemoryKiB, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if weak {
		p.memoryKiB = weakMemoryKiB
	}
	return p
}

// hash returns a new salted hash in PHC form.
func (p passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSaltLen)
	mustRead(p.random, salt)
	key, err := p.derive(ctx, password, salt, argonTime, p.memoryKiB, argonThreads, argonKeyLen)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.memoryKiB, argonTime, argonThreads, b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// noSuchPassword is checked for logins that do not exist, so that they take
// as long as those that do.
const noSuchPassword = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// matches tells whether password is the one that hash was made of.
func (p passwords) matches(ctx context.Context, password, hash string) (bool, error) {
	var version, time, memory uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("a stored password hash is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &threads); err != nil {
		return false, fmt.Errorf("reading a stored password hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("reading a stored password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("reading a stored password hash: %w", err)
	}
	got, err := p.derive(ctx, password, salt, time, memory, threads, uint32(len(want)))
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

func (p passwords) derive(ctx context.Context, password string, salt []byte, time, memory uint32, threads uint8, length uint32) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, time, memory, threads, length), nil
}
