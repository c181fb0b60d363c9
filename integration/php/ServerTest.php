<?php

require __DIR__ . '/testing.php';

function server(string $dataset): SimpleXMLElement
{
    return Client::admin()->call("<server><get><$dataset/></get></server>")->$dataset;
}

test('protocol versions', function () {
    $protos = array_map('strval', Client::admin()->call('<server><get_protos/></server>')->xpath('protos/proto'));
    holds(in_array('1.6.3.0', $protos, true), '1.6.3.0');
});

test('gen_info', function () {
    $info = server('gen_info');
    matches(GUID, (string) $info->server_guid, 'guid');
    equals('standard', (string) $info->mode);
});

test('prefs', function () {
    $prefs = server('prefs');
    holds((int) $prefs->stat_ttl > 0, 'stat_ttl');
    equals('0', (string) $prefs->restart_apache_interval);
});

test('admin', function () {
    $admin = server('admin');
    holds((string) $admin->admin_pname !== '', 'a name');
    holds(str_contains((string) $admin->admin_email, '@'), 'an address');
});

test('key', function () {
    $key = keyProperties();
    holds(isset($key['plesk_key_id'], $key['lim_date']), 'plesk_key_id and lim_date');
});

test('components', function () {
    $names = array_map('strval', server('components')->xpath('component/name'));
    holds(in_array('psa', $names, true), 'psa');
});

test('services_state', function () {
    $services = server('services_state')->srv;
    holds($services->count() >= 1, 'a service');
    $states = [];
    foreach ($services as $service) {
        holds((string) $service->id !== '' && (string) $service->title !== '' && (string) $service->state !== '', 'id, title, state');
        $states[(string) $service->id] = (string) $service->state;
    }
    holds(isset($states['dns'], $states['smtp']), 'dns and smtp');
});

test('session_setup', function () {
    holds((int) server('session_setup')->login_timeout > 0, 'login_timeout');
});

test('shells', function () {
    $shells = server('shells')->shell;
    holds($shells->count() >= 1, 'a shell');
    holds((string) $shells[0]->name !== '' && (string) $shells[0]->path !== '', 'name and path');
});

test('interfaces', function () {
    holds(server('interfaces')->interface->count() >= 1, 'an interface');
});

test('stat', function () {
    $stat = server('stat');
    foreach (['clients', 'domains', 'databases'] as $object) {
        holds(is_numeric((string) $stat->objects->$object), $object);
    }
    equals('psa', (string) $stat->version->plesk_name);
    holds((string) $stat->version->plesk_os !== '' && (string) $stat->version->plesk_os_version !== '', 'the operating system');
    holds((int) $stat->other->uptime > 0, 'uptime');
    holds((string) $stat->other->cpu !== '', 'cpu');
    foreach (['l1', 'l5', 'l15'] as $load) {
        holds(is_numeric((string) $stat->load_avg->$load), $load);
    }
    holds((float) $stat->mem->total > (float) $stat->mem->free, 'memory in use');
    foreach (['total', 'used', 'free'] as $part) {
        holds(is_numeric((string) $stat->swap->$part), "swap $part");
    }
    holds($stat->diskspace->device->count() >= 1, 'a disk');
});

test('site-isolation-config', function () {
    $names = array_map('strval', server('site-isolation-config')->xpath('property/name'));
    holds(in_array('php', $names, true), 'php');
});

test('updates', function () {
    $automatic = (string) server('updates')->install_updates_automatically;
    holds(in_array($automatic, ['true', 'false'], true), 'a boolean');
});

test('preferences are set and given back', function () {
    Client::admin()->call('<server><set><prefs><stat_ttl>5</stat_ttl></prefs></set></server>');
    equals('5', (string) server('prefs')->stat_ttl);
});
