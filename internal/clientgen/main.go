// Command clientgen writes the types of the Go client's operations: a file
// client/operator_*.go for each operator, and one for what several of them
// share. Run it from the root of the repository (make generate).
//
// What an operation takes and answers is told by the schemas, who may call it
// by the registry, and what it does by the comment above it in package xmlapi.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// dir is where the files are, seen from the root of the repository.
const dir = "client"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "clientgen:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := generate(os.DirFS("."))
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, generatedFiles))
	for _, file := range old {
		err = errors.Join(err, os.Remove(file))
	}
	for name, content := range files {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), content, 0o644))
	}
	return err
}
