package ledger

import "slices"

// The properties that the protocol's server knows, in the order in which it
// lists them.

var (
	typeString      = PropertyType{Name: "string"}
	typePassword    = PropertyType{Name: "password"}
	typeInt         = PropertyType{Name: "int"}
	typeBoolean     = PropertyType{Name: "boolean"}
	typeBytes       = PropertyType{Name: "bytes"}
	typeDate        = PropertyType{Name: "date"}
	typeFTPPassword = PropertyType{"string", []string{"plain", "crypt", "sym"}}
	typeWebstat     = PropertyType{"string", []string{"none", "awstats", "webalizer", "smarterstats"}}
)

var webspaceLimits = []knownProperty[int64]{
	{"max_site", typeInt, unlimited, "Domains"},
	{"max_subdom", typeInt, unlimited, "Subdomains"},
	{"max_dom_aliases", typeInt, unlimited, "Domain aliases"},
	{"disk_space", typeBytes, unlimited, "Disk space"},
	{"disk_space_soft", typeBytes, unlimited, "Notify at this disk space"},
	{"max_traffic", typeBytes, unlimited, "Traffic per month"},
	{"max_traffic_soft", typeBytes, unlimited, "Notify at this traffic per month"},
	{"max_wu", typeInt, unlimited, "Web users"},
	{"max_subftp_users", typeInt, unlimited, "Additional FTP accounts"},
	{"max_db", typeInt, unlimited, "Databases"},
	{"max_box", typeInt, unlimited, "Mailboxes"},
	{"mbox_quota", typeBytes, unlimited, "Size of a mailbox"},
	{"max_maillists", typeInt, unlimited, "Mailing lists"},
	{"max_webapps", typeInt, unlimited, "Java applications"},
	{"max_site_builder", typeInt, unlimited, "Sites made with the site builder"},
	{"max_unity_mobile_sites", typeInt, unlimited, "Mobile sites"},
	{"expiration", typeDate, unlimited, "Expiration date"},
	{"upsell_site_builder", typeInt, unlimited, "Trial sites of the site builder"},
}

var resellerLimits = slices.Concat([]knownProperty[int64]{
	{maxCustomers, typeInt, unlimited, "Customers"},
	{maxWebspaces, typeInt, unlimited, "Subscriptions"},
}, webspaceLimits)

// What makes a subscription useful is granted: adding domains and subdomains.
var webspacePermissions = []knownProperty[bool]{
	{"manage_dns", typeBoolean, false, "Manage the DNS zone"},
	{"manage_phosting", typeBoolean, false, "Manage hosting settings"},
	{"manage_php_settings", typeBoolean, false, "Manage PHP settings"},
	{"allow_insecure_sites", typeBoolean, false, "Override the hosting security policy"},
	{"manage_sh_access", typeBoolean, false, "Manage access to the shell"},
	{"manage_not_chroot_shell", typeBoolean, false, "Use a shell outside the chroot environment"},
	{"manage_anonftp", typeBoolean, false, "Manage anonymous FTP"},
	{"manage_crontab", typeBoolean, false, "Manage scheduled tasks"},
	{"manage_spamfilter", typeBoolean, false, "Manage the spam filter"},
	{"manage_virusfilter", typeBoolean, false, "Manage the virus filter"},
	{"allow_local_backups", typeBoolean, false, "Keep backups on the server"},
	{"allow_ftp_backups", typeBoolean, false, "Keep backups in an FTP storage"},
	{"manage_webstat", typeBoolean, false, "Manage web statistics"},
	{"manage_log", typeBoolean, false, "Manage log rotation"},
	{"access_appcatalog", typeBoolean, false, "Use the catalog of applications"},
	{"allow_license_stubs", typeBoolean, false, "Install applications before buying a license"},
	{createDomains, typeBoolean, true, "Create domains"},
	{"manage_subdomains", typeBoolean, true, "Manage subdomains"},
	{"manage_domain_aliases", typeBoolean, true, "Manage domain aliases"},
	{"manage_subftp", typeBoolean, false, "Manage additional FTP accounts"},
	{"manage_webapps", typeBoolean, false, "Manage Java applications"},
	{"manage_mail_settings", typeBoolean, false, "Manage mail settings"},
	{"manage_maillists", typeBoolean, false, "Manage mailing lists"},
	{"manage_performance", typeBoolean, false, "Manage hosting performance"},
	{"manage_quota", typeBoolean, false, "Manage the hard disk quota"},
	{"select_db_server", typeBoolean, false, "Choose a database server"},
	{"manage_website_maintenance", typeBoolean, false, "Copy websites"},
	{"manage_protected_dirs", typeBoolean, false, "Manage protected directories"},
	{"access_service_users", typeBoolean, false, "Manage additional users"},
}

// What makes a reseller one is granted: having customers, domains and access.
var resellerPermissions = slices.Concat([]knownProperty[bool]{
	{createClients, typeBoolean, true, "Create customers"},
	{"allow_oversell", typeBoolean, true, "Promise more than there is"},
	{panelAccess, typeBoolean, true, "Use the control panel"},
	{remoteAccess, typeBoolean, true, "Use the API"},
}, webspacePermissions)

var hostingProperties = []knownProperty[string]{
	{"ftp_login", typeString, "", "FTP login"},
	{"ftp_password", typePassword, "", "FTP password"},
	{"ftp_password_type", typeFTPPassword, "plain", "How the FTP password is given"},
	{"ftp_quota", typeBytes, "-1", "Hard disk quota"},
	{"fp", typeBoolean, "false", "FrontPage"},
	{"fp_ssl", typeBoolean, "false", "FrontPage over SSL/TLS"},
	{"fp_auth", typeBoolean, "false", "FrontPage authorization"},
	{"fp_admin_login", typeString, "", "FrontPage administrator's login"},
	{"fp_admin_password", typePassword, "", "FrontPage administrator's password"},
	{"ssl", typeBoolean, "false", "SSL/TLS"},
	{"shell", typeString, "/bin/false", "Shell of the system user"},
	{"php", typeBoolean, "false", "PHP"},
	{"php_handler_type", typeString, "fastcgi", "How PHP is run"},
	{"ssi", typeBoolean, "false", "SSI"},
	{"cgi", typeBoolean, "false", "CGI"},
	{"perl", typeBoolean, "false", "Perl"},
	{"python", typeBoolean, "false", "Python"},
	{"asp", typeBoolean, "false", "ASP"},
	{"asp_dot_net", typeBoolean, "false", "ASP.NET"},
	{"miva", typeBoolean, "false", "Miva scripting"},
	{"coldfusion", typeBoolean, "false", "ColdFusion"},
	{"webstat", typeWebstat, "none", "Web statistics"},
	{"webstat_protected", typeBoolean, "false", "Web statistics behind a password"},
	{"errdocs", typeBoolean, "false", "Custom error documents"},
	{"wuscripts", typeBoolean, "false", "Scripts of web users"},
	{"at_domains", typeBoolean, "false", "Web users as user@domain"},
	{"fastcgi", typeBoolean, "false", "FastCGI"},
	{"cgi_mode", typeString, "webspace", "Where the cgi-bin directory is"},
	{wwwRoot, typeString, "", "Document root"}, // by default named after the domain
	{"safe_mode", typeBoolean, "false", "PHP safe mode"},
	{"open_basedir", typeString, defaultOpenBasedir, "Where PHP may open files"},
	{"nginx-transparent-mode", typeBoolean, "false", "nginx passes requests on unchanged"},
	{"nginx-serve-static", typeBoolean, "false", "nginx serves static files"},
}

// Plans say of hosting what subscriptions have in common.
var planHosting = slices.Concat(
	pick(hostingProperties, "ssl", "fp", "fp_ssl", "fp_auth", "webstat", "webstat_protected", "errdocs"),
	[]knownProperty[string]{{"wu_script", typeBoolean, "false", "Scripts of web users"}},
	pick(hostingProperties, "shell", "ftp_quota", "php_handler_type"),
	[]knownProperty[string]{{"unpaid_website_status", typeString, "suspended", "What becomes of websites that are not paid for"}},
	pick(hostingProperties, "ssi", "php", "cgi", "perl", "python", "coldfusion", "asp", "fastcgi", "miva"),
)

// Add-on plans add nothing until it is set.
var (
	addonLimits      = withoutDefaults(webspaceLimits)
	addonPermissions = withoutDefaults(webspacePermissions)
	addonHosting     = withoutDefaults(planHosting)
)
