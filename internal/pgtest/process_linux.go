package pgtest

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// attributes returns how the server's processes are started: so that they end
// with this one, and, because PostgreSQL refuses to be root, as another user,
// to whom the folder is given.
func attributes(dir string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	other, err := user.Lookup("postgres")
	if err != nil {
		other, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("finding a user who is not root: %w", err)
	}
	uid, err := strconv.ParseUint(other.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(other.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, os.Chown(dir, int(uid), int(gid))
}

// childrenOf returns the processes that a process has started.
func childrenOf(pid int) (children []int) {
	tasks, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/children")
	for _, task := range tasks {
		list, _ := os.ReadFile(task) // nothing when it has ended meanwhile
		for _, child := range strings.Fields(string(list)) {
			if number, err := strconv.Atoi(child); err == nil {
				children = append(children, number)
			}
		}
	}
	return children
}
