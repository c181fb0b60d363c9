<?php

require __DIR__ . '/testing.php';

[, $domain] = addWebspace();

function addSubdomain(string $parent, string $name): int
{
    $added = Client::admin()->call("<subdomain><add><parent>$parent</parent><name>$name</name>"
        . "<property><name>www_root</name><value>$name</value></property></add></subdomain>");
    holds((int) $added->id > 0, 'an id above 0');
    return (int) $added->id;
}

function subdomains(): array
{
    return Client::admin()->items('<subdomain><get><filter/></get></subdomain>', 'data');
}

test('a subdomain is made, given back and deleted', function () use ($domain) {
    $id = addSubdomain($domain, 'sub');
    $data = Client::admin()->call('<subdomain><get>' . byId($id) . '</get></subdomain>')->data;
    equals($domain, (string) $data->parent);
    equals("sub.$domain", (string) $data->name);
    holds(str_contains((string) $data->xpath('property[name="www_root"]/value')[0], 'sub'), 'sub in the www_root');
    equals('ok', (string) Client::admin()->call('<subdomain><del>' . byId($id) . '</del></subdomain>')->status);
});

test('all are listed in the order of their creation, and then none', function () use ($domain) {
    $ids = [addSubdomain($domain, 'sub'), addSubdomain($domain, 'sub2')];
    equals(["sub.$domain", "sub2.$domain"], array_map(fn ($item) => (string) $item->data->name, subdomains()));
    foreach ($ids as $id) {
        Client::admin()->call('<subdomain><del>' . byId($id) . '</del></subdomain>');
    }
    equals(0, count(subdomains()));
});

test('one that does not exist is not deleted', function () {
    holds(Client::admin()->missing('<subdomain><del><filter><name>no.such.test</name></filter></del></subdomain>'), '1013');
});
