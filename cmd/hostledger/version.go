package main

import (
	"fmt"
	"runtime"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/xmlapi"
)

type versionCommand struct{}

func (versionCommand) Run() error {
	_, err := fmt.Printf("hostledger %s (XML API %s, %s %s/%s)\n",
		server.Version(), xmlapi.NewestVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
