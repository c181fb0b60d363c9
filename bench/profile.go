package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// profiledLoad is a load of which a profile is taken.
type profiledLoad struct {
	name, title string
	data        func() (string, error) // the folder to begin with
	// run asks the server for the n-th time.
	run func(s *ledgerServer, n int) error
}

func (b *bench) profiledLoads() []profiledLoad {
	return []profiledLoad{
		{"bulk", "set_traffic, one packet of many nodes, new rows", b.subscriptions, b.postBulk},
		{"single", "set_traffic, packets of 1 node, 16 connections", b.subscriptions, b.postSingles},
		{"year", "get_traffic, 365 days, 16 connections", b.yearLedger, b.askYears},
		{"month", "webspace/get, the month of all subscriptions", b.yearLedger, b.askMonth},
	}
}

// profile has the server profiled under each load. It writes the profiles into
// a folder, and returns which packages the processor time went to.
func (b *bench) profile(dir string) (text string, err error) {
	program := filepath.Join(b.dir, "profiled")
	if err := b.compileGo(program, "github.com/hostledger/hostledger/bench/profiled"); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for _, load := range b.profiledLoads() {
		fmt.Fprintln(os.Stderr, "profiling:", load.name)
		file := filepath.Join(dir, load.name+".pprof")
		if err := b.profileLoad(program, load, file); err != nil {
			return "", fmt.Errorf("profiling %s: %w", load.name, err)
		}
		shares, err := b.shares(program, file)
		if err != nil {
			return "", err
		}
		text += "\n" + load.title + ":\n\n" + shares
	}
	return text[1:], nil
}

func (b *bench) profileLoad(program string, load profiledLoad, file string) (err error) {
	data, err := load.data()
	if err != nil {
		return err
	}
	s, err := b.startCopyOf(data, func(data string) *exec.Cmd { return exec.CommandContext(b.ctx, program, data) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	done := make(chan error, 1)
	go func() { done <- fetchProfile(b.ctx, s.address, b.sizes.profiled, file) }()
	for n := 0; ; n++ {
		select {
		case err := <-done:
			return err
		default:
			if err := load.run(s, n); err != nil {
				return errors.Join(err, <-done)
			}
		}
	}
}

// fetchProfile has a server take a profile of so many seconds.
func fetchProfile(ctx context.Context, address string, seconds int, file string) error {
	url := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", address, seconds)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	profile, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the profile was refused: %s", profile)
	}
	return os.WriteFile(file, profile, 0o644)
}

// postBulk posts a large packet whose days are before those of the last one.
func (b *bench) postBulk(s *ledgerServer, n int) error {
	days := b.sizes.days
	since := b.today.AddDays(-(n + 1) * days)
	_, err := post(s.address, setTraffic(b.sizes.sites*days, func(i int) ledger.MailTraffic {
		return record(int64(i/days)+1, since.AddDays(i%days), 0)
	}))
	return err
}

// postSingles posts a day of some subscriptions, one a packet.
func (b *bench) postSingles(s *ledgerServer, n int) error {
	return b.askAll(s, packets(b.sizes.concurrent, 1, onDate(b.today.AddDays(-n))))
}

// askYears asks for years.
func (b *bench) askYears(s *ledgerServer, _ int) error {
	years, err := s.years(b.sizes.yearSites, b.yearBegins(), daysOfYear)
	if err != nil {
		return err
	}
	return b.askAll(s, repeated(years, b.sizes.manyYears))
}

// askMonth asks for the month of all subscriptions, many times.
func (b *bench) askMonth(s *ledgerServer, _ int) error {
	month, err := s.month(b.sizes.yearSites, b.today.FirstOfMonth(), b.today)
	if err != nil {
		return err
	}
	return load{connections: 1}.measure(messengers(s.address, repeated([]message{month}, b.sizes.months)), b.sizes.months, 1, s.Time, round{})
}

// askAll sends messages over 16 connections.
func (b *bench) askAll(s *ledgerServer, messages []message) error {
	return load{connections: 16}.measure(messengers(s.address, messages), len(messages), 1, s.Time, round{})
}

// shares returns a table of the packages that a profile has met most often,
// and the functions in each.
func (b *bench) shares(program, profile string) (string, error) {
	command := exec.CommandContext(b.ctx, "go", "tool", "pprof", "-top", "-nodecount=100000", "-nodefraction=0", program, profile)
	top, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go tool pprof: %w", err)
	}
	packages, functions := map[string]float64{}, map[string][]string{}
	for line := range strings.Lines(string(top)) {
		fields := strings.Fields(line) // flat, flat%, sum%, cum, cum%, function
		if len(fields) < 6 || !strings.HasSuffix(fields[1], "%") {
			continue
		}
		share, err := strconv.ParseFloat(strings.TrimSuffix(fields[1], "%"), 64)
		if err != nil {
			continue
		}
		name, function := splitFunction(fields[5])
		packages[name] += share
		if len(functions[name]) < 3 && share >= 1 {
			functions[name] = append(functions[name], fmt.Sprintf("%s %.0f %%", function, share))
		}
	}
	return shareTable(packages, functions), nil
}

// shareTable lists the packages with at least two hundredths.
func shareTable(packages map[string]float64, functions map[string][]string) string {
	table := [][]string{{"package", "share", "mostly in"}}
	names := slices.SortedFunc(maps.Keys(packages), func(x, y string) int { return cmp.Compare(packages[y], packages[x]) })
	for _, name := range names {
		if share := packages[name]; share >= 2 {
			table = append(table, []string{name, fmt.Sprintf("%.0f %%", share), strings.Join(functions[name], ", ")})
		}
	}
	return markdown(table)
}

// splitFunction splits a function's name from its package's, such as
// net/http.(*conn).serve.
func splitFunction(name string) (pkg, function string) {
	name, _, _ = strings.Cut(name, "[") // what a generic one is of
	path, _, _ := strings.Cut(name, "(")
	slash := strings.LastIndex(path, "/")
	dot := strings.Index(name[slash+1:], ".")
	if dot < 0 {
		return "runtime", name // assembly, such as memeqbody
	}
	pkg, function = name[:slash+1+dot], name[slash+dot+2:]
	return strings.TrimPrefix(pkg, "github.com/hostledger/hostledger/"), function
}
