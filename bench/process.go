package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// memory returns a figure of the process's memory in bytes, such as VmRSS, or
// 0 where the system does not tell.
func (s *ledgerServer) memory(name string) float64 {
	status, _ := os.ReadFile(s.proc("status"))
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kilobytes, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
			return kilobytes * 1024
		}
	}
	return 0
}

// processorTime returns the seconds of processor time that the process has
// used, or 0 where the system does not tell.
func (s *ledgerServer) processorTime() float64 {
	const user, system, ticksPerSecond = 11, 12, 100 // fields after the name of the program
	stat, _ := os.ReadFile(s.proc("stat"))
	_, after, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(after)
	if len(fields) <= system {
		return 0
	}
	u, _ := strconv.ParseFloat(fields[user], 64)
	k, _ := strconv.ParseFloat(fields[system], 64)
	return (u + k) / ticksPerSecond
}

// forgetPeak makes VmHWM begin anew from the present size.
func (s *ledgerServer) forgetPeak() { _ = os.WriteFile(s.proc("clear_refs"), []byte("5"), 0) }

func (s *ledgerServer) proc(name string) string {
	return filepath.Join("/proc", strconv.Itoa(s.command.Process.Pid), name)
}
