// Package xmlapi speaks the XML API: packets in, answers out, byte for byte in
// the forms that existing clients know.
//
// A packet is read and checked whole before anything of it runs ([Reader]),
// then its operations run in document order and their results stream out
// ([Writer]). An operation is one file, webspace_set_traffic.go for instance,
// which holds its request, what it does and its answer; registry.go lists them
// all. What several operations share stands in the block_*.go files, in
// filter.go and in result.go.
//
// The protocol is described in the XML API reference at
// https://docs.plesk.com/en-US/obsidian/api-rpc/.
package xmlapi
