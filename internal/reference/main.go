// Command reference writes docs/reference: a page for each operator, and the
// indexes of operations, roles and error codes; and the examples that the
// control panel offers. Run it from the root of the repository (make docs).
//
// All of it is told elsewhere, once: who may call what in the registry, what an
// operation does in the comment above it, its elements in the schemas, and what
// it answers in the golden packets.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// dir is where the pages are, seen from the root of the repository.
const dir = "docs/reference"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run() error {
	written, err := write(os.DirFS("."))
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	for name, content := range written.pages {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(examplesFile, []byte(written.examples), 0o644)
}
