package xmlapi

import "github.com/hostledger/hostledger/ledger"

// serverSrvMan starts, stops or restarts a service.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-plesk-services.36910/
var serverSrvMan = register("server", "srv_man", adminOnly,
	func(n *srvManRequest, r *Reader) {
		n.id = r.String("id")
		n.operation = ledger.ServiceOperation(r.Enum("operation",
			string(ledger.ServiceStart), string(ledger.ServiceStop), string(ledger.ServiceRestart)))
	},
	func(c *Call, n *srvManRequest) {
		c.w.Start("result")
		c.status(c.api.Ledger.ManageService(c.who, n.id, n.operation))
		c.w.Text("id", n.id)
		c.w.End("result")
	})

type srvManRequest struct {
	id        string
	operation ledger.ServiceOperation
}
