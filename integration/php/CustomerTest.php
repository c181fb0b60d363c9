<?php

require __DIR__ . '/testing.php';

function addCustomer(string $login): int
{
    $added = Client::admin()->call(
        "<customer><add><gen_info><cname>Plesk</cname><pname>John Smith</pname><login>$login</login>"
        . '<passwd>simple-Pa55word</passwd><email>john@smith.com</email><external-id>link:12345</external-id>'
        . '<description>Good guy</description></gen_info></add></customer>'
    );
    holds((int) $added->id > 0, 'an id above 0');
    return (int) $added->id;
}

function customer(int $id): SimpleXMLElement
{
    return Client::admin()->call('<customer><get>' . byId($id) . '<dataset><gen_info/></dataset></get></customer>')->data->gen_info;
}

const ALL = '<customer><get><filter/><dataset><gen_info/></dataset></get></customer>';

test('there are none at first', function () {
    equals(0, count(Client::admin()->items(ALL, 'data/gen_info')));
});

test('what is added is given back', function () {
    $id = addCustomer('john-unit-test');
    $info = customer($id);
    foreach ([
        'cname' => 'Plesk', 'pname' => 'John Smith', 'login' => 'john-unit-test', 'email' => 'john@smith.com',
        'external-id' => 'link:12345', 'description' => 'Good guy', 'status' => '0',
    ] as $element => $want) {
        equals($want, (string) $info->$element, $element);
    }
    matches(GUID, (string) $info->guid, 'guid');
    matches(DAY, (string) $info->cr_date, 'cr_date');
    equals('ok', (string) Client::admin()->call('<customer><del>' . byId($id) . '</del></customer>')->status);
});

test('deleting by login', function () {
    addCustomer('by-login');
    $delete = '<customer><del><filter><login>by-login</login></filter></del></customer>';
    equals('ok', (string) Client::admin()->call($delete)->status);
    holds(Client::admin()->missing($delete), 'nobody to delete any more');
});

test('all are listed in the order of their creation', function () {
    $ids = [addCustomer('customer-a'), addCustomer('customer-b')];
    $items = Client::admin()->items(ALL, 'data/gen_info');
    equals(['customer-a', 'customer-b'], array_map(fn ($item) => (string) $item->data->gen_info->login, $items));
    foreach ($ids as $id) {
        Client::admin()->call('<customer><del>' . byId($id) . '</del></customer>');
    }
    equals(0, count(Client::admin()->items(ALL, 'data/gen_info')));
});

test('disabling and enabling', function () {
    $id = addCustomer('switched');
    foreach (['16', '0'] as $status) {
        Client::admin()->call('<customer><set>' . byId($id) . "<values><gen_info><status>$status</status></gen_info></values></set></customer>");
        equals($status, (string) customer($id)->status);
    }
    Client::admin()->call('<customer><del>' . byId($id) . '</del></customer>');
});

test('properties are changed', function () {
    $id = addCustomer('changed');
    Client::admin()->call('<customer><set>' . byId($id)
        . '<values><gen_info><pname>New Name</pname><email>new@email.com</email></gen_info></values></set></customer>');
    equals('New Name', (string) customer($id)->pname);
    equals('new@email.com', (string) customer($id)->email);
    Client::admin()->call('<customer><del>' . byId($id) . '</del></customer>');
});

test('the licence lets customers be', function () {
    $key = keyProperties();
    equals('1', $key['can-manage-customers']);
    equals('-1', $key['lim_cl']);
});
