<?php

require __DIR__ . '/testing.php';

test('the server has an IPv4 address', function () {
    $addresses = Client::admin()->call('<ip><get/></ip>')->addresses->ip_info;
    holds($addresses->count() >= 1, 'an address');
    matches('/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/', (string) $addresses[0]->ip_address, 'the first address');
});
