<?php

require __DIR__ . '/testing.php';

test('there are handlers', function () {
    $handlers = Client::admin()->packet('<php-handler><get><filter/></get></php-handler>')->xpath('//result');
    holds(count($handlers) >= 1, 'a handler');
    foreach ($handlers as $handler) {
        foreach (['id', 'display-name', 'full-version', 'version', 'type', 'handler-status'] as $element) {
            holds((string) $handler->$element !== '', $element);
        }
    }
    $id = (string) $handlers[0]->id;
    equals($id, (string) Client::admin()->call("<php-handler><get><filter><id>$id</id></filter></get></php-handler>")->id);
});

test('an unknown handler', function () {
    try {
        Client::admin()->call('<php-handler><get><filter><id>this-handler-does-not-exist</id></filter></get></php-handler>');
    } catch (ApiError $error) {
        equals('Php handler does not exists', $error->getMessage());
        return;
    }
    throw new Exception('expected an error');
});
