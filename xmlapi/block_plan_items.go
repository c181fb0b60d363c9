package xmlapi

// planItem reads a plan-item element: the name of an additional service.
func (r *Reader) planItem(name string) (item string) {
	if r.Enter(name) {
		item = r.String("name")
		r.Leave()
	}
	return item
}

func (c *Call) writePlanItems(items []string) {
	c.w.Start("plan-items")
	for _, item := range items {
		c.w.Start("item")
		c.w.Text("name", item)
		c.w.End("item")
	}
	c.w.End("plan-items")
}

// packages reads package elements, one at least: each tells whether it names an
// application by name or by url, and the name or URL.
func (r *Reader) packages() (applications []string) {
	if !r.require("package") {
		return nil
	}
	for n := 0; r.Next("package"); n++ {
		r.bound(n, "package")
		r.Enter("package")
		r.String("name")
		applications = append(applications, r.String("value"))
		r.Leave()
	}
	return applications
}

func (c *Call) writePackages(applications []string) {
	c.w.Start("packages")
	for _, name := range applications {
		c.w.Start("package")
		c.w.Text("name", name)
		c.w.End("package")
	}
	c.w.End("packages")
}

// writeAPSFilter tells whether only the packages listed are provided.
func (c *Call) writeAPSFilter(on *bool) {
	no := false
	c.w.Bool("aps-filter", *either(on, &no))
}
