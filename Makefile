# Targets for people. Each does its own set-up; CI calls the same ones.

GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME ?= 30s

.DEFAULT_GOAL := help
.PHONY: help build demo test race lint fmt fuzz bench docs generate pictures clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/hostledger
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o bin/hostledger ./cmd/hostledger

demo: ## post the documentation's packets to a ledger in memory, and look at it
	go run ./cmd/hostledger demo

test: ## run all tests (installs xmllint, gcc, PostgreSQL, PHP, Python, pflogsumm and Chromium where they are missing)
	@scripts/need-c
	@scripts/need-postgres
	@scripts/need-php
	@scripts/need python3 python3
	@scripts/need-pflogsumm
	@scripts/need-browser
	go test $(TESTFLAGS) ./...

race: ## run all tests under the race detector
	@scripts/need-c
	@scripts/need-postgres
	@scripts/need-php
	@scripts/need python3 python3
	@scripts/need-pflogsumm
	@scripts/need-browser
	go test -race ./...

lint: ## check formatting and run the linters
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-ed:"; gofmt -l .; exit 1; }
	go vet ./...
	go run $(GOLANGCI_LINT) run

fmt: ## format the code
	gofmt -w .

fuzz: ## fuzz every parser for FUZZTIME each (default 30s)
	@scripts/fuzz $(FUZZTIME)

bench: ## measure against C programs and peers, and print docs/performance.md's tables (installs all of it)
	@scripts/need-c
	@scripts/need-pflogsumm
	go run ./bench

docs: ## write docs/reference and the panel's examples from the registry, the schemas and the golden packets
	go run ./internal/reference

generate: ## write the Go client's types from the registry and the schemas
	go run ./internal/clientgen

pictures: ## take the pictures of docs/panel.md anew, in a browser
	@scripts/pictures

clean: ## remove what was built
	rm -rf bin
