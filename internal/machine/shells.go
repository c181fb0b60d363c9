package machine

import (
	"bufio"
	"net"
	"os"
	"strings"
)

// Interfaces returns the names of the machine's network interfaces that are up;
// that of Loopback when there are no others.
func (Local) Interfaces() (names []string) {
	interfaces, _ := net.Interfaces()
	for _, i := range interfaces {
		if i.Flags&net.FlagUp != 0 {
			names = append(names, i.Name)
		}
	}
	if len(names) == 0 {
		names = []string{Loopback.Interface}
	}
	return names
}

// Shells returns the login shells that /etc/shells lists, none where there is
// no such file.
func (Local) Shells() (paths []string) {
	file, err := os.Open("/etc/shells")
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		path, _, _ := strings.Cut(lines.Text(), "#")
		if path = strings.TrimSpace(path); strings.HasPrefix(path, "/") {
			paths = append(paths, path)
		}
	}
	return paths
}
