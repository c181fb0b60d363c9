package xmlapi

import "github.com/hostledger/hostledger/ledger"

func (c *Call) readInterfaces(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("interfaces")
		for _, name := range c.api.Machine.Interfaces() {
			c.w.Text("interface", name)
		}
		c.w.End("interfaces")
	}, nil
}

func (c *Call) readServices(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("services_state")
		for _, service := range ledger.Services {
			state := "stopped"
			if service.Running {
				state = "running"
			}
			c.w.Start("srv")
			c.w.Text("id", service.ID)
			c.w.Text("title", service.Title)
			c.w.Text("state", state)
			c.w.End("srv")
		}
		c.w.End("services_state")
	}, nil
}

// noShell lets nobody in; it can be chosen everywhere.
const noShell = "/bin/false"

func (c *Call) readShells(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("shells")
		c.writeShell("Login forbidden", noShell)
		for _, path := range c.api.Machine.Shells() {
			if path != noShell {
				c.writeShell(path, path)
			}
		}
		c.w.End("shells")
	}, nil
}

func (c *Call) writeShell(name, path string) {
	c.w.Start("shell")
	c.w.Text("name", name)
	c.w.Text("path", path)
	c.w.End("shell")
}
