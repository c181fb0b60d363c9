// Package collect reads the logs of mail, web and FTP servers and sends what
// each site used on each day to ledgers: to that of this machine, or to any
// server that speaks the XML API.
//
// A log is read line by line by a parser (one file for each format), which
// adds to a tally what it finds. The tally, how far the log was read and what
// the parser must remember go to the state in one transaction, so that no line
// is counted twice or lost, whatever ends the program. What targets have yet to
// be told stays in the state until they have confirmed it.
package collect
