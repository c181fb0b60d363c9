<?php

require __DIR__ . '/testing.php';

test('a fresh server has events, and reading leaves them there', function () {
    $event = Client::admin()->call('<event_log><get/></event_log>')->event[0];
    holds((int) $event->time > 0, 'a time');
    $event = Client::admin()->call('<event_log><get_events/></event_log>')->event[0];
    holds((int) $event->time > 0, 'a time');
    holds((int) Client::admin()->call('<event_log><get-last-id/></event_log>')->id > 0, 'a last id');
});

test('a change is an event', function () {
    $last = (int) Client::admin()->call('<event_log><get-last-id/></event_log>')->id;
    [$id] = addWebspace();
    $found = [];
    foreach (Client::admin()->call("<event_log><get_events><lastId>$last</lastId></get_events></event_log>")->event as $event) {
        holds((int) $event->id > $last, 'only later events');
        $found[] = "$event->class $event->type $event->obj_id $event->user";
    }
    holds(in_array("domain created $id admin", $found, true), 'the creation of the subscription among ' . implode(', ', $found));
});

test('events are flushed when that is asked for', function () {
    $flush = '<event_log><get><options><flush_selected_range>true</flush_selected_range></options></get></event_log>';
    $last = (int) Client::admin()->call('<event_log><get-last-id/></event_log>')->id;
    holds(Client::admin()->call($flush)->event->count() > 0, 'events');
    equals(0, Client::admin()->call('<event_log><get_events/></event_log>')->event->count());
    addWebspace();
    holds((int) Client::admin()->call('<event_log><get-last-id/></event_log>')->id > $last, 'ids that go on');
});
