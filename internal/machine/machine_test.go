package machine_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/machine"
)

func TestThereIsAlwaysAnAddress(t *testing.T) {
	found := machine.IPs()
	if len(found) == 0 || !found[0].Address.Is4() {
		t.Fatalf("the machine's addresses are %v, want one of IPv4 first", found)
	}
	for _, ip := range found {
		if ip.Netmask == "" || ip.Interface == "" || ip.Type == "" {
			t.Errorf("incomplete address: %+v", ip)
		}
	}
}

func TestStateIsThatOfAMachine(t *testing.T) {
	var local machine.Local
	if local.Name() == "" {
		t.Error("the machine has no name")
	}
	s := local.State(t.Context())
	if s.OS == "" || s.Memory.Total == 0 || s.Memory.Total <= s.Memory.Free {
		t.Errorf("%s has %d of %d bytes of memory free, says %+v", runtime.GOOS, s.Memory.Free, s.Memory.Total, s)
	}
}

func TestInterfacesAndShells(t *testing.T) {
	var local machine.Local
	if names := local.Interfaces(); len(names) == 0 || slices.Contains(names, "") {
		t.Errorf("the machine's interfaces are %q", names)
	}
	for _, path := range local.Shells() {
		if path[0] != '/' || path != strings.TrimSpace(path) {
			t.Errorf("a shell is %q", path)
		}
	}
}
