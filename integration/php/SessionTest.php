<?php

require __DIR__ . '/testing.php';

function createSession(): string
{
    $ip = base64_encode('127.0.0.1');
    $token = (string) Client::admin()->call("<server><create_session><login>admin</login><data><user_ip>$ip</user_ip>"
        . '<source_server></source_server></data></create_session></server>')->id;
    holds(strlen($token) > 10, 'a token of more than 10 characters');
    return $token;
}

function sessions(): array
{
    $sessions = [];
    foreach (Client::admin()->call('<session><get/></session>')->session as $session) {
        $sessions[(string) $session->id] = $session;
    }
    return $sessions;
}

test('a session is made and listed', function () {
    $token = createSession();
    $session = sessions()[$token];
    equals('admin', (string) $session->login);
    equals('127.0.0.1', (string) $session->{'ip-address'});
    holds(strtotime((string) $session->{'login-time'}) > 0, 'a time of login');
});

test('a session is ended', function () {
    $token = createSession();
    equals('ok', (string) Client::admin()->call("<session><terminate><session-id>$token</session-id></terminate></session>")->status);
    holds(!isset(sessions()[$token]), 'the session to be gone');
    holds(Client::admin()->missing("<session><terminate><session-id>$token</session-id></terminate></session>"), 'nothing to end any more');
});
