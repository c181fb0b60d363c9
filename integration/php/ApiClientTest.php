<?php

require __DIR__ . '/testing.php';

const PROTOS = '<server><get_protos/></server>';

test('an unsupported version is refused', function () {
    refused(1005, fn () => Client::admin('100.0.0')->call(PROTOS));
});

test('an unknown operator is refused', function () {
    refused(1014, fn () => Client::admin()->call('<unknown/>'));
});

test('broken XML is refused', function () {
    $answer = new SimpleXMLElement(Client::admin()->post('<packet><wrong XML syntax'));
    equals('1014', (string) $answer->system->errcode);
});

test('a wrong password is refused', function () {
    refused(1001, fn () => Client::as('bad-login', 'bad-password')->call(PROTOS));
});

test('a wrong key is refused', function () {
    refused(11003, fn () => Client::withKey('bad-key')->call(PROTOS));
});

test('versions of two and three parts are understood', function () {
    foreach (['1.6', '1.6.5'] as $version) {
        equals('ok', (string) Client::admin($version)->call(PROTOS)->status);
    }
});

test('general information names the server', function () {
    $info = Client::admin()->call('<server><get><gen_info/></get></server>')->gen_info;
    holds((string) $info->server_name !== '', 'a server name');
    equals(36, strlen((string) $info->server_guid), 'length of the guid');
});

test('several operators are answered one by one, in order', function () {
    $answer = Client::admin()->packet(PROTOS . '<server><get><gen_info/></get></server>');
    equals(2, $answer->count(), 'number of operators');
    $protos = array_map('strval', $answer->server[0]->xpath('.//proto'));
    holds(in_array('1.6.6.0', $protos, true), '1.6.6.0 among the versions');
    matches(GUID, (string) $answer->server[1]->get->result->gen_info->server_guid, 'guid');
});

test('without credentials nothing is answered', function () {
    $client = new Client(getenv('HOSTLEDGER_URL'), []);
    refused(1029, fn () => $client->call(PROTOS));
});
