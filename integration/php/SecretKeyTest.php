<?php

require __DIR__ . '/testing.php';

function createKey(string $more): string
{
    $key = (string) Client::admin()->call("<secret_key><create>$more</create></secret_key>")->key;
    matches(GUID, $key, 'key');
    return $key;
}

function info(string $key): SimpleXMLElement
{
    return Client::admin()->call("<secret_key><get_info><filter><key>$key</key></filter></get_info></secret_key>")->key_info;
}

test('a key is made and works from the address it is bound to', function () {
    $key = createKey('<ip_address>127.0.0.1</ip_address>');
    equals('ok', (string) Client::withKey($key)->call('<server><get_protos/></server>')->status);
    $elsewhere = createKey('<ip_address>192.168.0.1</ip_address>');
    refused(11003, fn () => Client::withKey($elsewhere)->call('<server><get_protos/></server>'));
});

test('without an address it is bound to that of the sender', function () {
    equals('127.0.0.1', (string) info(createKey(''))->ip_address);
});

test('several addresses', function () {
    $addresses = '192.168.0.1,192.168.0.2';
    equals($addresses, str_replace(' ', '', (string) info(createKey("<ip_address>$addresses</ip_address>"))->ip_address));
});

test('what is known of a key', function () {
    $info = info(createKey('<ip_address>192.168.0.1</ip_address><description>test key</description>'));
    holds((string) $info->key !== '', 'a key');
    equals('192.168.0.1', (string) $info->ip_address);
    equals('admin', (string) $info->login);
    equals('test key', (string) $info->description);
});

test('a deleted key is gone', function () {
    $key = createKey('');
    Client::admin()->call("<secret_key><delete><filter><key>$key</key></filter></delete></secret_key>");
    refused(1013, fn () => info($key));
});

test('deleting every key that is listed leaves none', function () {
    createKey('');
    foreach (Client::admin()->items('<secret_key><get_info><filter/></get_info></secret_key>', 'key_info') as $item) {
        $key = $item->key_info->key;
        Client::admin()->call("<secret_key><delete><filter><key>$key</key></filter></delete></secret_key>");
    }
    equals(0, count(Client::admin()->items('<secret_key><get_info><filter/></get_info></secret_key>', 'key_info')));
});
