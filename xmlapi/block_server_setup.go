package xmlapi

// sessionSetup reads after how many minutes without use a session ends.
func (r *Reader) sessionSetup(name string) (timeout *int64) {
	if !r.Enter(name) {
		return nil
	}
	for range r.All([]string{"login_timeout"}) {
		timeout = new(r.InRange("login_timeout", 1, 99999))
	}
	r.Leave()
	return timeout
}

func (c *Call) readSessionSetup(*serverGetRequest) (func(), error) {
	settings, err := c.api.Ledger.ServerSettings(c, c.who)
	return func() {
		c.w.Start("session_setup")
		c.w.Int("login_timeout", int64(settings.SessionTimeout().Minutes()))
		c.w.End("session_setup")
	}, err
}

// serverCertificates reads which certificates the server is to use, and tells
// whether there is any.
func (r *Reader) serverCertificates(name string) (given bool) {
	if !r.Enter(name) {
		return false
	}
	names := []string{"panel", "mail-server"}
	for i := range r.All(names) {
		r.serverCertificate(names[i])
		given = true
	}
	r.Leave()
	return given
}

// serverCertificate reads a certificate's name and repository.
func (r *Reader) serverCertificate(name string) {
	if !r.Enter(name) {
		return
	}
	r.String("name")
	switch r.OneOf("webspace", "site", "admin") {
	case 0:
		r.Bounded("webspace", 1, 255)
	case 1:
		r.Bounded("site", 1, 255)
	case 2:
		r.Any("admin")
	}
	r.Leave()
}

// readServerCertificates tells that there is no repository of certificates.
func (c *Call) readServerCertificates(*serverGetRequest) (func(), error) {
	return func() { c.w.Empty("certificates") }, nil
}

// readSiteIsolation tells that the server forces nothing on sites.
func (c *Call) readSiteIsolation(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("site-isolation-config")
		for _, name := range []string{"ssl", "php", "cgi", "fastcgi", "perl", "python", "ssi", "webstat_protected_dir"} {
			c.writeProperty("property", name, "any")
		}
		c.w.End("site-isolation-config")
	}, nil
}

// readUpdates tells that the server looks for no updates, of itself or of
// anything else. Whoever installed it updates it.
func (c *Call) readUpdates(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("updates")
		c.w.Text("available_update", "")
		c.w.Text("available_update_type", "")
		c.w.Text("security_updates", "0")
		c.w.Text("last_installed_update", "")
		c.w.Bool("install_updates_automatically", false)
		c.w.Bool("install_third_party_updates", false)
		c.w.Bool("install_system_package_updates_automatically", false)
		c.w.End("updates")
	}, nil
}
