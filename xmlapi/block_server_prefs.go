package xmlapi

import (
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// serverPrefs are the preferences of the server in the order of the schema,
// each with what reads its type.
var serverPrefs = []struct {
	name string
	read func(r *Reader, name string) string
}{
	{"max_connections", intPref},
	{"max_connections_per_ip", intPref},
	{"outgoing_email_mode", enumPref("domain-ip", "domain-name", "explicit-ip")},
	{"outgoing_email_mode_explicit_ipv4", (*Reader).String},
	{"outgoing_email_mode_explicit_ipv6", (*Reader).String},
	{"outgoing_antispam", boolPref("boolean")},
	{"outgoing_messages_mbox_limit", intPref},
	{"outgoing_messages_domain_limit", intPref},
	{"outgoing_messages_subscription_limit", intPref},
	{"enable_sendmail", boolPref("boolean")},
	{"report_period", enumPref("P1D", "P1W", "P2W", "P1M")},
	{"notification_period", enumPref("PT15M", "PT1H", "PT6H", "PT12H", "P1D")},
	{"stat_ttl", intPref},
	{"include_remote_databases", boolPref(local)},
	{"traffic_accounting", trafficAccounting},
	{"restart_apache_interval", func(r *Reader, name string) string { return itoa(r.integer(name, local, anyInteger)) }},
	{"apache_pipelog", boolPref(local)},
	{"ftp_over_ssl", enumPref("disabled", "enabled", "required", "custom")},
	{"mail_notifications", boolPref("boolean")},
	{"smtp_use_default_settings", boolPref("boolean")},
	{"smtp_host", (*Reader).String},
	{"smtp_port", func(r *Reader, name string) string { return itoa(r.InRange(name, 1, 65535)) }},
	{"smtp_login", (*Reader).String},
	{"smtp_password", (*Reader).String},
	{"smtp_tls", boolPref("boolean")},
	{"smtp_allow_users", boolPref("boolean")},
	{"aps_force_updates", boolPref(local)},
	{"aps_suggest_updates", boolPref(local)},
	{"preview_protection", boolPref("boolean")},
	{"waf-rule-engine", enumPref("on", "detection-only", "off")},
	{"waf-rule-set", (*Reader).String},
}

var serverPrefNames = func() (names []string) {
	for _, pref := range serverPrefs {
		names = append(names, pref.name)
	}
	return names
}()

func intPref(r *Reader, name string) string { return itoa(r.Int(name)) }

func boolPref(typeName string) func(*Reader, string) string {
	return func(r *Reader, name string) string { return strconv.FormatBool(r.boolean(name, typeName)) }
}

func enumPref(values ...string) func(*Reader, string) string {
	return func(r *Reader, name string) string { return r.Enum(name, values...) }
}

// trafficAccounting reads which traffic counts: the sum of 1, in, and 2, out.
func trafficAccounting(r *Reader, name string) string {
	text, ok := r.leaf(name)
	n, err := parseInteger(trimSpace(text))
	if ok && err != nil {
		r.wrongValue(local, text)
	}
	if n < 1 || n > 3 {
		r.oneOfValues(string(collapse(text)), ok, []string{"1", "2", "3"})
	}
	return itoa(n)
}

// serverPrefs reads a prefs element (serverPrefs).
func (r *Reader) serverPrefs(name string) (prefs ledger.Properties[string]) {
	if !r.Enter(name) {
		return nil
	}
	for i := range r.All(serverPrefNames) {
		pref := serverPrefs[i]
		prefs = append(prefs, ledger.Property[string]{Name: pref.name, Value: pref.read(r, pref.name)})
	}
	r.Leave()
	return prefs
}

func (c *Call) readServerPrefs(*serverGetRequest) (func(), error) {
	settings, err := c.api.Ledger.ServerSettings(c, c.who)
	if err != nil {
		return nil, err
	}
	prefs := settings.CompletePrefs()
	return func() {
		c.w.Start("prefs")
		for _, name := range serverPrefNames {
			if value, ok := prefs.Get(name); ok {
				c.w.Text(name, value)
			}
		}
		c.w.End("prefs")
	}, nil
}
