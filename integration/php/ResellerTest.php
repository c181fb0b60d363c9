<?php

require __DIR__ . '/testing.php';

function addReseller(string $login): int
{
    $added = Client::admin()->call(
        "<reseller><add><gen-info><pname>John Reseller</pname><login>$login</login><passwd>simple-Pa55word</passwd></gen-info></add></reseller>"
    );
    holds((int) $added->id > 0, 'an id above 0');
    return (int) $added->id;
}

const ALL = '<reseller><get><filter/><dataset><gen-info/><permissions/></dataset></get></reseller>';

test('there are none at first', function () {
    equals(0, count(Client::admin()->items(ALL, 'data/gen-info')));
});

test('what is added is given back', function () {
    $id = addReseller('reseller-unit-test');
    $data = Client::admin()->call('<reseller><get>' . byId($id) . '<dataset><gen-info/><permissions/></dataset></get></reseller>')->data;
    equals('John Reseller', (string) $data->{'gen-info'}->pname);
    equals('reseller-unit-test', (string) $data->{'gen-info'}->login);
    holds($data->permissions->permission->count() > 0, 'at least one permission');
    equals('ok', (string) Client::admin()->call('<reseller><del>' . byId($id) . '</del></reseller>')->status);
});

test('all are listed in the order of their creation', function () {
    $ids = [addReseller('reseller-a'), addReseller('reseller-b')];
    $items = Client::admin()->items(ALL, 'data/gen-info');
    equals(['reseller-a', 'reseller-b'], array_map(fn ($item) => (string) $item->data->{'gen-info'}->login, $items));
    Client::admin()->call('<reseller><del>' . byId($ids[0]) . '</del></reseller>');
    Client::admin()->call('<reseller><del><filter><login>reseller-b</login></filter></del></reseller>');
    equals(0, count(Client::admin()->items(ALL, 'data/gen-info')));
});

test('a reseller works under his own name', function () {
    $id = addReseller('rick');
    $rick = Client::as('rick', 'simple-Pa55word');
    $added = $rick->call('<customer><add><gen_info><pname>Client</pname><login>client</login><passwd>simple-Pa55word</passwd></gen_info></add></customer>');
    $mine = $rick->items('<customer><get><filter/><dataset><gen_info/></dataset></get></customer>', 'data/gen_info');
    equals([(string) $added->id], array_map(fn ($item) => (string) $item->id, $mine));
    refused(1006, fn () => $rick->call('<secret_key><get_info><filter/></get_info></secret_key>'));
    Client::admin()->call('<reseller><del>' . byId($id) . '</del></reseller>');
    refused(1001, fn () => $rick->call('<server><get_protos/></server>'));
});

test('the licence lets resellers be', function () {
    $key = keyProperties();
    equals('1', $key['can-manage-resellers']);
    equals('-1', $key['lim_cl']);
});
