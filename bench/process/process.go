// Package process starts the programs that are measured, ends them, and tells
// what they use of the machine.
package process

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Process is a program that was started, with the processes that it starts.
type Process struct {
	command *exec.Cmd
	ended   chan struct{}
}

// Start starts a command that has a context, at whose end it is asked to end,
// too: killed, it would leave those that it has started behind.
func Start(command *exec.Cmd) (*Process, error) {
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &Process{command: command, ended: make(chan struct{})}
	go func() {
		_ = command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// patience is how long a program may take to start or to end.
const patience = 30 * time.Second

// Stop asks the program to end and waits until it has.
func (p *Process) Stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}

// Await tries something until it succeeds: what a program can only do once it
// is ready. It gives up when the program ends.
func (p *Process) Await(try func() error) error {
	deadline := time.After(patience)
	for {
		err := try()
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended: %s", filepath.Base(p.command.Path), p.command.ProcessState)
		case <-deadline:
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Run runs a command to its end. Its output is part of the error.
func Run(command *exec.Cmd) error {
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, bytes.TrimSpace(output))
	}
	return nil
}

// Use is what a program used from its start to its end.
type Use struct {
	Elapsed   time.Duration
	Processor time.Duration
	Peak      float64 // bytes that were resident at most
}

// Measure runs a command that has a context to its end. The peak is looked at
// every few milliseconds, because the system no longer tells it of a program
// that has ended, but for one that is mixed up with this one's.
func Measure(command *exec.Cmd) (u Use, err error) {
	began := time.Now()
	p, err := Start(command)
	if err != nil {
		return u, err
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.ended:
			u.Elapsed = time.Since(began)
			state := command.ProcessState
			u.Processor = state.UserTime() + state.SystemTime()
			if !state.Success() {
				err = fmt.Errorf("%s: %s", command, state)
			}
			return u, err
		case <-tick.C:
			u.Peak = max(u.Peak, p.Peak())
		}
	}
}

// Memory returns the bytes that are resident.
func (p *Process) Memory() float64 { return p.status("VmRSS") }

// Peak returns the most bytes that were resident since the last call of
// ForgetPeak.
func (p *Process) Peak() float64 { return p.status("VmHWM") }

// ForgetPeak makes Peak begin anew from the present size.
func (p *Process) ForgetPeak() { _ = os.WriteFile(proc(p.pid(), "clear_refs"), []byte("5"), 0) }

// status returns a figure of the program's own memory in bytes, or 0 where the
// system does not tell.
func (p *Process) status(name string) float64 {
	status, _ := os.ReadFile(proc(p.pid(), "status"))
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kilobytes, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
			return kilobytes * 1024
		}
	}
	return 0
}

// Time returns the seconds of processor time that the program and those that
// it started have used, or 0 where the system does not tell.
func (p *Process) Time() float64 {
	stats := readStats()
	var sum float64
	for pid, s := range stats {
		if descends(stats, pid, p.pid()) {
			sum += s.time
		}
	}
	return sum
}

func (p *Process) pid() int { return p.command.Process.Pid }

func proc(pid int, name string) string { return filepath.Join("/proc", strconv.Itoa(pid), name) }

// stat is what the system tells of a process.
type stat struct {
	parent int
	time   float64 // seconds, with those of its children that have ended
}

const ticksPerSecond = 100.0

func readStats() map[int]stat {
	stats := map[int]stat{}
	names, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range names {
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if s, ok := readStat(name); ok {
			stats[pid] = s
		}
	}
	return stats
}

// readStat reads a file /proc/PID/stat, see proc_pid_stat(5).
func readStat(name string) (s stat, ok bool) {
	const parent, user, endedSystem = 1, 11, 14 // fields after the name of the program
	text, _ := os.ReadFile(name)
	_, after, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(after)
	if len(fields) <= endedSystem {
		return s, false
	}
	s.parent, _ = strconv.Atoi(fields[parent])
	for _, field := range fields[user : endedSystem+1] {
		ticks, _ := strconv.ParseFloat(field, 64)
		s.time += ticks / ticksPerSecond
	}
	return s, true
}

// descends tells whether a process is another one or was started by it or by
// one that was.
func descends(stats map[int]stat, pid, ancestor int) bool {
	for pid != ancestor {
		s, ok := stats[pid]
		if !ok {
			return false
		}
		pid = s.parent
	}
	return true
}
