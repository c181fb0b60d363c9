<?php

require __DIR__ . '/testing.php';

function addPlan(string $more = '', ?string $name = null): SimpleXMLElement
{
    $name ??= 'plan' . uniqid();
    $added = Client::admin()->call("<service-plan><add><name>$name</name>$more</add></service-plan>");
    holds((int) $added->id > 0, 'an id above 0');
    holds((string) $added->guid !== '', 'a guid');
    return $added;
}

test('a plan is made, given back and deleted', function () {
    $id = (int) addPlan('', 'plan of a test')->id;
    $result = Client::admin()->call('<service-plan><get>' . byId($id) . '</get></service-plan>');
    equals((string) $id, (string) $result->id);
    equals('plan of a test', (string) $result->name);
    equals('ok', (string) Client::admin()->call('<service-plan><del>' . byId($id) . '</del></service-plan>')->status);
    holds(Client::admin()->missing('<service-plan><get>' . byId($id) . '</get></service-plan>'), 'the plan to be gone');
});

test('all are listed, the standard ones first', function () {
    addPlan();
    addPlan();
    addPlan();
    $names = array_map(fn ($item) => (string) $item->name, Client::admin()->items('<service-plan><get><filter/></get></service-plan>', 'id'));
    holds(count($names) > 2, 'more than two plans');
    holds(in_array('Unlimited', $names, true), 'the plan Unlimited');
});

test('a complex plan', function () {
    $id = (int) addPlan('
        <limits><overuse>block</overuse><limit><name>disk_space</name><value>1073741824</value></limit></limits>
        <preferences><stat>6</stat><maillists>true</maillists></preferences>
        <hosting>
            <property><name>ftp_quota</name><value>-1</value></property>
            <property><name>ssl</name><value>true</value></property>
        </hosting>')->id;
    $result = Client::admin()->call('<service-plan><get>' . byId($id) . '</get></service-plan>');
    equals('block', (string) $result->limits->overuse);
    equals('1073741824', (string) $result->xpath('limits/limit[name="disk_space"]/value')[0]);
    equals('6', (string) $result->preferences->stat);
    equals('true', (string) $result->preferences->maillists);
    equals('true', (string) $result->xpath('hosting/vrt_hst/property[name="ssl"]/value')[0]);
});

test('two plans have not the same name', function () {
    addPlan('', 'twice');
    refused(1007, fn () => addPlan('', 'twice'));
});
