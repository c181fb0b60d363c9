<?php

require __DIR__ . '/testing.php';

function webspace(int $id, string $dataset): SimpleXMLElement
{
    return Client::admin()->call('<webspace><get>' . byId($id) . "<dataset><$dataset/></dataset></get></webspace>")->data->$dataset;
}

function properties(string $operation): array
{
    $properties = [];
    foreach (Client::admin()->call("<webspace><$operation><filter/></$operation></webspace>")->descriptor->property as $property) {
        $properties[(string) $property->name] = $property;
    }
    return $properties;
}

test('descriptors tell of permissions, limits and hosting, without any subscription', function () {
    holds(count(properties('get-permission-descriptor')) > 0, 'permissions');
    holds(count(properties('get-limit-descriptor')) > 0, 'limits');
    $hosting = properties('get-physical-hosting-descriptor');
    equals('string', (string) $hosting['ftp_login']->type);
    holds((string) $hosting['ftp_login']->label !== '', 'a label');
});

test('disk usage, PHP settings and limits', function () {
    [$id] = addWebspace();
    holds(isset(webspace($id, 'disk_usage')->httpdocs), 'httpdocs in the disk usage');
    $settings = array_map('strval', webspace($id, 'php-settings')->xpath('setting/name'));
    holds(in_array('open_basedir', $settings, true), 'open_basedir among the PHP settings');
    holds(webspace($id, 'limits')->limit->count() > 0, 'limits');
});

test('general information', function () {
    [$id, $name] = addWebspace();
    $info = webspace($id, 'gen_info');
    equals($name, (string) $info->name);
    equals($name, (string) $info->{'ascii-name'});
    equals('0', (string) $info->real_size);
    equals('0', (string) $info->status);
    equals('admin', (string) $info->{'owner-login'});
    equals(36, strlen((string) $info->guid), 'length of the guid');
    matches(DAY, (string) $info->cr_date, 'cr_date');
});

test('a complete packet with the plan Unlimited', function () {
    $handler = '';
    foreach (Client::admin()->packet('<php-handler><get><filter/></get></php-handler>')->xpath('//result') as $result) {
        if ((string) $result->{'handler-status'} !== 'disabled') {
            $handler = (string) $result->id;
            break;
        }
    }
    holds($handler !== '', 'a PHP handler that is not disabled');
    $ip = serverIP();
    $added = Client::admin()->call("<webspace><add>
        <gen_setup><name>complete.test</name><ip_address>$ip</ip_address><htype>vrt_hst</htype><status>0</status></gen_setup>
        <hosting><vrt_hst>
            <property><name>php_handler_id</name><value>$handler</value></property>
            <property><name>ftp_login</name><value>complete</value></property>
            <property><name>ftp_password</name><value>simple-Pa55word</value></property>
            <ip_address>$ip</ip_address>
        </vrt_hst></hosting>
        <limits><overuse>block</overuse><limit><name>mbox_quota</name><value>100</value></limit></limits>
        <prefs><www>false</www><stat_ttl>6</stat_ttl></prefs>
        <performance><bandwidth>120</bandwidth><max_connections>10000</max_connections></performance>
        <permissions><permission><name>manage_sh_access</name><value>true</value></permission></permissions>
        <php-settings>
            <setting><name>memory_limit</name><value>128M</value></setting>
            <setting><name>safe_mode</name><value>false</value></setting>
        </php-settings>
        <plan-name>Unlimited</plan-name>
    </add></webspace>");
    $data = Client::admin()->call('<webspace><get>' . byId((int) $added->id)
        . '<dataset><hosting/><limits/><prefs/><performance/><subscriptions/><permissions/><php-settings/></dataset></get></webspace>')->data;
    equals($handler, (string) $data->xpath('hosting/vrt_hst/property[name="php_handler_id"]/value')[0]);
    equals('100', (string) $data->xpath('limits/limit[name="mbox_quota"]/value')[0]);
    equals('6', (string) $data->prefs->stat_ttl);
    equals('120', (string) $data->performance->bandwidth);
    equals('true', (string) $data->xpath('permissions/permission[name="manage_sh_access"]/value')[0]);
    equals('128M', (string) $data->xpath('php-settings/setting[name="memory_limit"]/value')[0]);
    equals('true', (string) $data->subscriptions->subscription->locked);
    Client::admin()->call('<webspace><del>' . byId((int) $added->id) . '</del></webspace>');
});

test('disabling and enabling', function () {
    [$id] = addWebspace();
    foreach (['16', '0'] as $status) {
        Client::admin()->call('<webspace><set>' . byId($id) . "<values><gen_setup><status>$status</status></gen_setup></values></set></webspace>");
        equals($status, (string) webspace($id, 'gen_info')->status);
    }
});

test('the description is changed', function () {
    [$id] = addWebspace();
    Client::admin()->call('<webspace><set>' . byId($id) . '<values><gen_setup><description>Test Description</description></gen_setup></values></set></webspace>');
    equals('Test Description', (string) webspace($id, 'gen_info')->description);
});

test('deleting by id and by name', function () {
    [$id] = addWebspace();
    equals('ok', (string) Client::admin()->call('<webspace><del>' . byId($id) . '</del></webspace>')->status);
    [, $name] = addWebspace();
    equals('ok', (string) Client::admin()->call("<webspace><del><filter><name>$name</name></filter></del></webspace>")->status);
    holds(Client::admin()->missing("<webspace><del><filter><name>$name</name></filter></del></webspace>"), 'nothing to delete any more');
});

test('two addresses of one family are refused', function () {
    $ip = serverIP();
    refused(1019, fn () => Client::admin()->call("<webspace><add><gen_setup><name>two.test</name>"
        . "<ip_address>$ip</ip_address><ip_address>$ip</ip_address></gen_setup></add></webspace>"));
});

test('switching to plans, adding on, locking and synchronizing', function () {
    $client = Client::admin();
    $plan = $client->call('<service-plan><add><name>Small</name><limits><limit><name>max_box</name><value>10</value></limit></limits></add></service-plan>');
    $addon = $client->call('<service-plan-addon><add><name>More</name><limits><limit><name>max_box</name><value>5</value></limit></limits></add></service-plan-addon>');
    [$id] = addWebspace("<plan-id>$plan->id</plan-id>");
    $boxes = fn () => (string) webspace($id, 'limits')->xpath('limit[name="max_box"]/value')[0];
    equals('10', $boxes());
    $client->call('<webspace><add-subscription>' . byId($id) . "<plan-guid>$addon->guid</plan-guid></add-subscription></webspace>");
    equals('15', $boxes());
    $client->call('<service-plan><set>' . byId($plan->id) . '<limits><limit><name>max_box</name><value>20</value></limit></limits></set></service-plan>');
    equals('25', $boxes());
    $client->call('<webspace><set>' . byId($id) . '<values><limits><limit><name>max_box</name><value>1</value></limit></limits></values></set></webspace>');
    equals('true', (string) webspace($id, 'subscriptions')->subscription->locked);
    $client->call('<service-plan><set>' . byId($plan->id) . '<limits><limit><name>max_box</name><value>30</value></limit></limits></set></service-plan>');
    equals('1', $boxes());
    $client->call('<webspace><sync-subscription>' . byId($id) . '</sync-subscription></webspace>');
    equals('35', $boxes());
    equals('false', (string) webspace($id, 'subscriptions')->subscription->locked);
    $client->call('<webspace><remove-subscription>' . byId($id) . "<plan-guid>$addon->guid</plan-guid></remove-subscription></webspace>");
    equals('30', $boxes());
    $client->call('<webspace><switch-subscription>' . byId($id) . '<no-plan/></switch-subscription></webspace>');
    equals('30', $boxes());
    equals(0, webspace($id, 'subscriptions')->subscription->count());
});
