package xmlapi

import (
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Operation is one operation of one operator, such as set_traffic of webspace.
type Operation struct {
	Operator string
	Name     string
	Callers  []ledger.Role // who may call it at all; the ledger looks at each object besides
	begin    func() run
}

// run is a sequence of neighbouring nodes of one operation, decoded.
type run interface {
	operation() *Operation
	// decode reads the content of one node.
	decode(r *Reader)
	// execute does what the nodes ask, in order, and writes one node each.
	execute(c *Call)
}

// Who may call an operation.
var (
	adminOnly = []ledger.Role{ledger.RoleAdmin}
	providers = []ledger.Role{ledger.RoleAdmin, ledger.RoleReseller}
	everyone  = []ledger.Role{ledger.RoleAdmin, ledger.RoleReseller, ledger.RoleCustomer}
)

// register defines an operation whose nodes are executed one by one.
func register[T any](operator, name string, callers []ledger.Role, decode func(*T, *Reader), do func(*Call, *T)) *Operation {
	o := &Operation{Operator: operator, Name: name, Callers: callers}
	o.begin = func() run { return &eachRun[T]{of: o, decodeNode: decode, do: do} }
	return o
}

// eachRun executes its nodes one by one.
type eachRun[T any] struct {
	of         *Operation
	decodeNode func(*T, *Reader)
	do         func(*Call, *T)
	nodes      ledger.Run[T]
}

func (e *eachRun[T]) operation() *Operation { return e.of }

func (e *eachRun[T]) decode(r *Reader) { e.decodeNode(e.nodes.Add(), r) }

func (e *eachRun[T]) execute(c *Call) {
	isRead := strings.HasPrefix(e.of.Name, "get")
	mayCall := slices.Contains(e.of.Callers, c.who.Role)
	for _, node := range e.nodes.All() {
		if isRead && c.w.err != nil {
			return // nobody is there to read it
		}
		elements := []string{e.of.Name}
		if n, ok := any(node).(nested); ok {
			elements = append(elements, n.action())
		}
		for _, element := range elements {
			c.w.Start(element)
		}
		if err := c.intercepted(e.of); err != nil {
			c.result(Result{Err: err})
		} else if mayCall {
			e.do(c, node)
		} else {
			c.result(Result{Err: errPermissionDenied})
		}
		for _, element := range slices.Backward(elements) {
			c.w.End(element)
		}
		c.endNode()
	}
}

// nested is a node that holds one of several actions, whose element is in the
// answer too.
type nested interface{ action() string }

// operator is an operator's name with its operations in the order in which the
// schema, and so an error message, lists them.
type operator struct {
	name       string
	olderName  string // in the protocol versions before 1.6.3.0
	operations []*Operation
	names      []string
}

// operators lists all there is, in the order of the schema. A new operation is
// a file of its own and a line here.
var operators = []*operator{
	{name: "server", operations: []*Operation{
		serverGetProtos, serverGet, serverSet, serverSrvMan, serverCreateSession,
	}},
	{name: "customer", olderName: "client", operations: []*Operation{
		customerAdd, customerGet, customerDel, customerSet, customerSetBillingInfo,
		customerConvertToReseller, customerChangeOwner, customerGetDomainList,
	}},
	{name: "webspace", olderName: "domain", operations: []*Operation{
		webspaceAdd, webspaceGet, webspaceSet, webspaceDel, webspaceCformButtonsList, webspaceGetTraffic, webspaceSetTraffic,
		webspaceGetLimitDescriptor, webspaceGetPermissionDescriptor, webspaceGetPhysicalHostingDescriptor,
		webspaceSwitchSubscription, webspaceSyncSubscription, webspaceAddSubscription, webspaceRemoveSubscription,
		webspaceSetBillingInfo, webspaceAddPackage, webspaceRemovePackage, webspaceAddPlanItem, webspaceRemovePlanItem,
		webspaceEnableAPSFilter, webspaceDisableAPSFilter, webspaceGetChanged, webspaceDBServers,
	}},
	{name: "subdomain", operations: []*Operation{subdomainAdd, subdomainGet, subdomainDel, subdomainSet, subdomainRename}},
	{name: "site-alias", olderName: "domain_alias", operations: []*Operation{
		siteAliasCreate, siteAliasGet, siteAliasSet, siteAliasDelete, siteAliasRename, siteAliasGetSupportedServices,
	}},
	{name: "ip", operations: []*Operation{ipAdd, ipGet, ipSet, ipDel}},
	{name: "event_log", operations: []*Operation{eventLogGet, eventLogGetEvents, eventLogGetLastID}},
	{name: "secret_key", operations: []*Operation{secretKeyCreate, secretKeyGetInfo, secretKeyDelete}},
	{name: "service-plan", olderName: "domain_template", operations: []*Operation{
		servicePlanAdd, servicePlanGet, servicePlanDel, servicePlanSet, servicePlanAddPackage, servicePlanRemovePackage,
		servicePlanEnableAPSFilter, servicePlanDisableAPSFilter, servicePlanAddPlanItem, servicePlanRemovePlanItem,
		servicePlanGetLimitDescriptor, servicePlanGetPermissionDescriptor, servicePlanGetPhysicalHostingDescriptor,
		servicePlanDBServers, servicePlanDuplicate,
	}},
	{name: "session", operations: []*Operation{sessionGet, sessionTerminate}},
	{name: "locale", operations: []*Operation{localeGet, localeGetMessage, localeEnable, localeDisable}},
	{name: "reseller", operations: []*Operation{
		resellerAdd, resellerSet, resellerGet, resellerDel,
		resellerIppoolAddIP, resellerIppoolDelIP, resellerIppoolSetIP, resellerCformButtonsList,
		resellerGetLimitDescriptor, resellerGetPermissionDescriptor, resellerConvertToCustomer,
		resellerSwitchSubscription, resellerSyncSubscription, resellerGetDomainList,
	}},
	{name: "reseller-plan", operations: []*Operation{
		resellerPlanAdd, resellerPlanGet, resellerPlanDel, resellerPlanSet, resellerPlanAddPackage, resellerPlanRemovePackage,
		resellerPlanGetLimitDescriptor, resellerPlanGetPermissionDescriptor,
		resellerPlanEnableAPSFilter, resellerPlanDisableAPSFilter, resellerPlanDuplicate,
	}},
	{name: "service-plan-addon", operations: []*Operation{
		servicePlanAddonAdd, servicePlanAddonGet, servicePlanAddonDel, servicePlanAddonSet,
		servicePlanAddonAddPackage, servicePlanAddonRemovePackage,
		servicePlanAddonGetLimitDescriptor, servicePlanAddonGetPermissionDescriptor, servicePlanAddonGetPhysicalHostingDescriptor,
		servicePlanAddonDuplicate,
	}},
	{name: "site", operations: []*Operation{
		siteAdd, siteGet, siteSet, siteDel, siteCformButtonsList, siteGetTraffic, siteSetTraffic,
		siteGetPhysicalHostingDescriptor,
	}},
	{name: "php-handler", operations: []*Operation{
		phpHandlerGet, phpHandlerEnable, phpHandlerDisable, phpHandlerGetUsage,
	}},
}

var operatorNames, olderNames = func() (names, older []string) {
	for _, o := range operators {
		names = append(names, o.name)
		if o.olderName != "" {
			older = append(older, o.olderName)
		}
		for _, operation := range o.operations {
			o.names = append(o.names, operation.Name)
		}
	}
	return names, older
}()

func operatorNamed(name string) *operator {
	i := slices.IndexFunc(operators, func(o *operator) bool { return o.name == name || o.olderName == name })
	return operators[i]
}

// Operations returns every operation, by operator, in the order of the schema.
func Operations() (all []*Operation) {
	for _, o := range operators {
		all = append(all, o.operations...)
	}
	return all
}
