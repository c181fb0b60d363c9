<?php

require __DIR__ . '/testing.php';

function addAddon(string $more = ''): SimpleXMLElement
{
    $added = Client::admin()->call('<service-plan-addon><add><name>addon' . uniqid() . "</name>$more</add></service-plan-addon>");
    holds((int) $added->id > 0, 'an id above 0');
    holds((string) $added->guid !== '', 'a guid');
    return $added;
}

test('an add-on plan is made, given back and deleted', function () {
    $id = (int) addAddon()->id;
    $result = Client::admin()->call('<service-plan-addon><get>' . byId($id) . '</get></service-plan-addon>');
    equals((string) $id, (string) $result->id);
    holds((string) $result->name !== '', 'a name');
    equals('ok', (string) Client::admin()->call('<service-plan-addon><del>' . byId($id) . '</del></service-plan-addon>')->status);
});

test('all are listed', function () {
    for ($i = 0; $i < 3; $i++) {
        addAddon();
    }
    equals(3, count(Client::admin()->items('<service-plan-addon><get><filter/></get></service-plan-addon>', 'id')));
});

test('a complex add-on plan', function () {
    $id = (int) addAddon('<limits><limit><name>disk_space</name><value>1073741824</value></limit></limits>')->id;
    $result = Client::admin()->call('<service-plan-addon><get>' . byId($id) . '</get></service-plan-addon>');
    equals('1073741824', (string) $result->xpath('limits/limit[name="disk_space"]/value')[0]);
});
