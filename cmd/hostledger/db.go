package main

type dbCommand struct {
	Distribute distributeCommand `cmd:"" help:"Spread a ledger in PostgreSQL over the machines of a Citus cluster."`
}
