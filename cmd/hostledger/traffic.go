package main

type trafficCommand struct {
	Set trafficSetCommand `cmd:"" help:"Store mail traffic of days that was counted elsewhere."`
	Get trafficGetCommand `cmd:"" help:"Print traffic day by day."`
}
