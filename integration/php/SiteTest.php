<?php

require __DIR__ . '/testing.php';

function addSite(int $webspace, string $name, string $properties = ''): SimpleXMLElement
{
    $hosting = $properties === '' ? '' : "<hosting><vrt_hst>$properties</vrt_hst></hosting>";
    $added = Client::admin()->call("<site><add><gen_setup><name>$name</name><webspace-id>$webspace</webspace-id></gen_setup>$hosting</add></site>");
    holds((int) $added->id > 0, 'an id above 0');
    return $added;
}

function site(string $filter, string $dataset): SimpleXMLElement
{
    return Client::admin()->call("<site><get><filter>$filter</filter><dataset><$dataset/></dataset></get></site>")->data->$dataset;
}

function sites(string $filter): array
{
    return Client::admin()->items("<site><get><filter>$filter</filter><dataset><gen_info/></dataset></get></site>", 'data/gen_info');
}

[$webspace, $domain] = addWebspace();

test('without sites nothing is listed, though there is a main site', function () {
    equals(0, count(sites('')));
});

test('a site is given back by id, guid and parent', function () use ($webspace) {
    $added = addSite($webspace, 'addon.dom');
    foreach (["<id>$added->id</id>", "<guid>$added->guid</guid>", "<parent-id>$webspace</parent-id>"] as $filter) {
        $info = site($filter, 'gen_info');
        equals('addon.dom', (string) $info->name);
        equals('addon.dom', (string) $info->{'ascii-name'});
        matches(DAY, (string) $info->cr_date, 'cr_date');
        equals(36, strlen((string) $info->guid), 'length of the guid');
    }
    Client::admin()->call("<site><del><filter><id>$added->id</id></filter></del></site>");
    equals(0, count(sites("<parent-id>$webspace</parent-id>")));
});

test('a site without hosting has none', function () use ($webspace) {
    $added = addSite($webspace, 'bare.dom');
    holds(!isset(site("<id>$added->id</id>", 'hosting')->vrt_hst), 'no physical hosting');
    Client::admin()->call("<site><del><filter><id>$added->id</id></filter></del></site>");
});

test('www_root is kept', function () use ($webspace) {
    $added = addSite($webspace, 'addon.dom', '<property><name>www_root</name><value>addon.dom</value></property>');
    $root = (string) site("<id>$added->id</id>", 'hosting')->xpath('vrt_hst/property[name="www_root"]/value')[0];
    holds(str_ends_with($root, 'addon.dom'), "www_root to end in addon.dom, not '$root'");
    Client::admin()->call("<site><del><filter><id>$added->id</id></filter></del></site>");
});

test('all are listed, and then none', function () use ($webspace) {
    addSite($webspace, 'addon.dom');
    addSite($webspace, 'addon2.dom');
    equals(['addon.dom', 'addon2.dom'], array_map(fn ($item) => (string) $item->data->gen_info->name, sites('')));
    foreach (['addon.dom', 'addon2.dom'] as $name) {
        Client::admin()->call("<site><del><filter><name>$name</name></filter></del></site>");
    }
    equals(0, count(sites('')));
});

test('the main site is found by name, with the id of its subscription', function () use ($webspace, $domain) {
    equals((string) $webspace, (string) sites("<name>$domain</name>")[0]->id);
});

test('the licence lets sites be', function () {
    equals('-1', keyProperties()['lim_dom']);
});
