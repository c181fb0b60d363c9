// Package ledger is the domain: accounts, subscriptions ("webspaces"), sites,
// days of traffic and billing records; what is valid, who may see and do what,
// and the store interfaces that keep it all.
//
// A [Ledger] carries the rules. Everything that shows or changes data (the XML
// API, the command line, later the control panel) goes through its methods, so
// a rule is written once. Stores only keep and find; they never decide.
//
// Conventions: ids are int64 and start at 1; traffic is counted in bytes; a
// [Date] is a civil date without a zone; the clock and the source of
// randomness are given to [New].
package ledger
