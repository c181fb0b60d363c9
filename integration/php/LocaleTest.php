<?php

require __DIR__ . '/testing.php';

test('en-US is among the languages', function () {
    $ids = array_map('strval', Client::admin()->packet('<locale><get><filter/></get></locale>')->xpath('//info/id'));
    holds(in_array('en-US', $ids, true), 'en-US');
});

test('en-US by its id', function () {
    equals('en-US', (string) Client::admin()->packet('<locale><get><filter><id>en-US</id></filter></get></locale>')->locale->get->result->info->id);
});
