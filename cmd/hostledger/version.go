package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/hostledger/hostledger/xmlapi"
)

type versionCommand struct{}

func (versionCommand) Run() error {
	_, err := fmt.Printf("hostledger %s (XML API %s, %s %s/%s)\n",
		version(), xmlapi.NewestVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version returns the version that the program was built from, "(devel)" when
// the build does not say.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
