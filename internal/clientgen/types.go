package main

import (
	"fmt"
	"strings"
)

// renamed are the names of the protocol's types, and of its groups, that Go's
// names are not made of by typeName.
var renamed = map[string]string{
	"addOutput":                        "AddResult",
	"adminType":                        "ServerAdmin",
	"aliasInfoType":                    "SiteAlias",
	"aliasSettings":                    "SiteAliasSettings",
	"ApplicationInput":                 "Application",
	"APSIdentifierType":                "APSPackage",
	"clientAddGenInfo":                 "CustomerAddGenInfo",
	"clientData":                       "CustomerData",
	"clientDatasetType":                "CustomerDataset",
	"clientGetGenInfo":                 "CustomerGenInfo",
	"clientPerms":                      "ResellerPermissions",
	"clientPriceInput":                 "Amounts",
	"clientSelectionFilterType":        "CustomerFilter",
	"clientSetGenInfo":                 "CustomerSetGenInfo",
	"clientStatType":                   "CustomerStat",
	"componentsType":                   "ServerComponents",
	"dbServerInput":                    "DBServerRef",
	"dbServerOutput":                   "DBServer",
	"dbServersOutput":                  "DBServersResult",
	"descriptorOutput":                 "DescriptorResult",
	"diskUsageOutput":                  "DiskUsage",
	"DomainAddonTemplateGetOutputType": "ServicePlanAddonGetResult",
	"DomainAddonTemplateLimits":        "ServicePlanAddonLimits",
	"domainAliasFilterType":            "SiteAliasFilter",
	"domainDatasetType":                "WebspaceDataset",
	"domainFilterInput":                "WebspaceSelection",
	"domainFilterType":                 "WebspaceFilter",
	"domainGenInfoType":                "WebspaceGenInfo",
	"domainHostingAgentGet":            "Hosting",
	"domainHostingAgentSet":            "WebspaceHosting",
	"domainLimits":                     "Limits",
	"domainListOutputType":             "DomainList",
	"DomainPerformanceType":            "Performance",
	"domainPerms":                      "Permissions",
	"domainPhHostingSet":               "WebspaceHostingVrtHst",
	"domainPrefs":                      "Prefs",
	"domainStat":                       "WebspaceStat",
	"DomainTemplateDbServerInput":      "ServicePlanDBServersInput",
	"DomainTemplateDescriptorOutput":   "ServicePlanDescriptorResult",
	"DomainTemplateFilterType":         "ServicePlanFilter",
	"DomainTemplateGetOutputType":      "ServicePlanGetResult",
	"DomainTemplateMailPreferences":    "ServicePlanMail",
	"DomainTemplatePHosting":           "ServicePlanHosting",
	"DomainTemplatePlanItemOutput":     "ServicePlanItemResult",
	"DomainTemplatePreferencesType":    "ServicePlanPreferences",
	"DomainTemplateResultType":         "ServicePlanResult",
	"DomainTemplateVrtHst":             "ServicePlanVrtHst",
	"getChangedOutput":                 "WebspaceGetChangedResult",
	"GetKeyType":                       "ServerGetKey",
	"getTrafficOutput":                 "TrafficResult",
	"interfacesType":                   "ServerInterfaces",
	"ipResults":                        "IPResult",
	"keyType":                          "ServerKey",
	"LocaleResultType":                 "LocaleResult",
	"ObjectDescriptor":                 "Descriptor",
	"packagesOutput":                   "Packages",
	"PhpHandlerOutputResult":           "PHPHandlerResult",
	"planItemInput":                    "PlanItem",
	"planItemResults":                  "PlanItemResult",
	"planItemsOutput":                  "PlanItems",
	"PleskLimitType":                   "Limit",
	"PleskPermissionType":              "Permission",
	"PleskPhysHostingPropertyType":     "Property",
	"priceInput":                       "Price",
	"ResellerGetGenInfo":               "ResellerGenInfo",
	"ResellerIpPoolOperationOutput":    "ResellerIPPoolResult",
	"ResellerSelectionFilter":          "ResellerFilter",
	"ResellerTemplateFilterType":       "ResellerPlanFilter",
	"ResellerTemplateIpPoolType":       "ResellerPlanIPPool",
	"ResellerTemplateOutputGetType":    "ResellerPlanGetResult",
	"ResellerTemplateOutputResulttype": "ResellerPlanResult",
	"resourceUsageType":                "Resource",
	"resubscribeResult":                "SubscriptionResult",
	"resultDomainListOutputType":       "DomainListResult",
	"resultKeyType":                    "SecretKeyResult",
	"serviceNodeSpecType":              "ServiceNode",
	"servicesState":                    "ServerServices",
	"setGenSetupType":                  "WebspaceSetGenSetup",
	"setSiteGenSetupType":              "SiteSetGenSetup",
	"ShellsList":                       "ServerShells",
	"siteAddSetup":                     "SiteAddGenSetup",
	"siteHostingAgentSet":              "SiteHosting",
	"siteIsolationConfigOutput":        "SiteIsolationConfig",
	"SiteMailPreferences":              "SiteMail",
	"statType":                         "ServerStat",
	"SubdomainObjectType":              "Subdomain",
	"SubscriptionsList":                "Subscriptions",
	"trafficType":                      "Day",
	"updatesOutput":                    "ServerUpdates",
	"WebspaceDbServerInput":            "WebspaceDBServersInput",
	"WebspaceMailPreferences":          "WebspaceMail",
}

// shortened are the names of types that the protocol has no name for, made of
// the type around them and their element, that Go has shorter ones for. Some are
// alike and become one.
var shortened = map[string]string{
	"CustomerAddResult":                    "AddResult",
	"DomainListDomain":                     "Domain",
	"EventLogGetEventsEvents":              "EventLogSelection",
	"EventLogGetEventsResultEvent":         "Event",
	"EventLogGetResultEvent":               "EventLogGetEvent",
	"EventLogSelectionEvent":               "EventLogKind",
	"IPAddResult":                          "IPResult",
	"IPAddressesIPInfo":                    "IPInfo",
	"LocaleDisableFilter":                  "LocaleFilter",
	"LocaleEnableFilter":                   "LocaleFilter",
	"LocaleGetFilter":                      "LocaleFilter",
	"PHPHandlerDisableFilter":              "PHPHandlerFilter",
	"PHPHandlerEnableFilter":               "PHPHandlerFilter",
	"PHPHandlerGetFilter":                  "PHPHandlerFilter",
	"PHPHandlerGetUsageFilter":             "PHPHandlerFilter",
	"PHPHandlerGetUsageResultDomain":       "PHPHandlerDomain",
	"PHPSettingsSetting":                   "PHPSetting",
	"PlanItemsItem":                        "PlanItem",
	"PropertyDescriptorEnum":               "PropertyChoice",
	"ResellerIPPoolAddIPIP":                "ResellerIPPoolIP",
	"SecretKeyDeleteFilter":                "SecretKeyFilter",
	"SecretKeyGetInfoFilter":               "SecretKeyFilter",
	"ServerComponentsComponent":            "ServerComponent",
	"ServerGetProtosResultProtos":          "ServerProtos",
	"ServerServicesSrv":                    "ServerService",
	"ServerShellsShell":                    "ServerShell",
	"ServerStatDiskspaceDevice":            "ServerDevice",
	"ServicePlanMailNonexistentUser":       "NonexistentUser",
	"SiteAliasCreatePref":                  "SiteAliasPref",
	"SiteAliasSettingsPref":                "SiteAliasPref",
	"SubscriptionsSubscription":            "Subscription",
	"WebspaceGetChangedResultSubscription": "ChangedWebspace",
	"WebspaceMailNonexistentUser":          "NonexistentUser",
}

// typeName is the Go name of a type of the protocol.
func typeName(name string) string {
	if special, ok := renamed[name]; ok {
		return special
	}
	return goName(strings.TrimSuffix(name, "Type"))
}

// fieldNames are the fields that are not called as their elements, by type.
var fieldNames = map[string]string{"TrafficResult.traffic": "Days"}

// lists are the elements that may be there more than once because the choice
// that they are in may be made again. Others make no sense twice.
var lists = []string{"WebspaceAddGenSetup.ip_address", "WebspaceSetGenSetup.ip_address"}

// simple are the Go types for what XML Schema's own types can say.
var simple = map[string]string{
	"xs:anySimpleType":   "string",
	"xs:base64Binary":    "string",
	"xs:boolean":         "bool",
	"xs:date":            "ledger.Date",
	"xs:dateTime":        "Time",
	"xs:double":          "float64",
	"xs:integer":         "int64",
	"xs:long":            "int64",
	"xs:positiveInteger": "int64",
	"xs:string":          "string",
	"xs:unsignedInt":     "int64",
	"xs:unsignedLong":    "uint64",
}

// texts are the types that are text in Go too: numbers that may be empty, which
// is no number.
var texts = []string{"statTtl"}

// contents are the elements that may be absent and hold text, although the
// schemas let them hold anything. Of others it matters that they are there.
var contents = []string{"default-value"}

// anyType is XML Schema's type of elements that may hold anything.
const anyType = "xs:anyType"

// errorf is an error about an element of a type.
func errorf(of, element, format string, args ...any) error {
	return fmt.Errorf("%s: element %s: "+format, append([]any{of, element}, args...)...)
}
