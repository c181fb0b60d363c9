package ledger

import "slices"

// DBServer is a database server of the host.
type DBServer struct {
	ID   int64
	Type string // mysql or postgresql
	Host string
	Port string
}

// dbServers are the database servers that the ledger knows of.
var dbServers = []DBServer{
	{1, "mysql", "localhost", "3306"},
	{2, "postgresql", "localhost", "5432"},
}

// DBServersNamed returns the ids of the database servers that are named by type
// and either id or, with id 0, host and port.
//
// Errors: ErrNamedNotFound for a server that is not there.
func DBServersNamed(names []DBServer) (ids []int64, err error) {
	for _, name := range names {
		i := slices.IndexFunc(dbServers, func(s DBServer) bool {
			isAt := name.ID == 0 && s.Host == name.Host && s.Port == name.Port
			return s.Type == name.Type && (s.ID == name.ID || isAt)
		})
		if i < 0 {
			return nil, errNoDBServer
		}
		ids = append(ids, dbServers[i].ID)
	}
	return ids, nil
}

// DBServers returns the database servers with the given ids, by ascending id.
func DBServers(ids []int64) (servers []DBServer) {
	for _, server := range dbServers {
		if slices.Contains(ids, server.ID) {
			servers = append(servers, server)
		}
	}
	return servers
}

var errNoDBServer = Errorf(ErrNamedNotFound, "Database server does not exist")
