<?php

require __DIR__ . '/client.php';

error_reporting(E_ALL);
set_error_handler(function (int $level, string $text, string $file, int $line) {
    throw new ErrorException($text, 0, $level, $file, $line);
});

/** test runs one test and reports it on a line of its own: "ok name" or "not ok name: why". */
function test(string $name, callable $body): void
{
    try {
        $body();
        echo "ok $name\n";
    } catch (Throwable $problem) {
        $at = basename($problem->getFile()) . ':' . $problem->getLine();
        foreach ($problem->getTrace() as $frame) {
            if (isset($frame['file']) && !in_array(basename($frame['file']), ['testing.php', 'client.php'], true)) {
                $at = basename($frame['file']) . ':' . $frame['line'];
                break;
            }
        }
        echo "not ok $name: $at: ", str_replace("\n", ' ', get_class($problem) . ': ' . $problem->getMessage()), "\n";
    }
}

function equals(mixed $want, mixed $got, string $what = 'value'): void
{
    if ($want !== $got) {
        throw new Exception("$what is " . var_export($got, true) . ', want ' . var_export($want, true));
    }
}

function holds(bool $condition, string $what): void
{
    if (!$condition) {
        throw new Exception("expected: $what");
    }
}

function matches(string $pattern, string $got, string $what): void
{
    holds(preg_match($pattern, $got) === 1, "$what to match $pattern, not '$got'");
}

/** refused calls body, which must end in an API error of a code, and returns its text. */
function refused(int $code, callable $body): string
{
    try {
        $body();
    } catch (ApiError $error) {
        equals($code, $error->getCode(), 'error code');
        return $error->getMessage();
    }
    throw new Exception("expected error $code");
}

const GUID = '/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/';
const DAY = '/^\d{4}-\d{2}-\d{2}$/';

/** serverIP returns the first address that the server offers. */
function serverIP(): string
{
    return (string) Client::admin()->call('<ip><get/></ip>')->xpath('//ip_address')[0];
}

/** addWebspace creates a subscription and returns its id and name. */
function addWebspace(string $more = ''): array
{
    $name = 'test' . uniqid() . '.test';
    $ip = serverIP();
    $login = 'u' . uniqid();
    $password = htmlspecialchars('test-&PWD*1@42!13#', ENT_XML1);
    $added = Client::admin()->call(
        "<webspace><add><gen_setup><name>$name</name><ip_address>$ip</ip_address></gen_setup><hosting><vrt_hst>"
        . "<property><name>ftp_login</name><value>$login</value></property>"
        . "<property><name>ftp_password</name><value>$password</value></property>"
        . "<ip_address>$ip</ip_address></vrt_hst></hosting>$more</add></webspace>"
    );
    holds((int) $added->id > 0, 'an id above 0');
    matches(GUID, (string) $added->guid, 'guid');
    return [(int) $added->id, $name];
}

function byId(int|string $id): string
{
    return "<filter><id>$id</id></filter>";
}

/** keyProperties returns the server's licence properties by name. */
function keyProperties(): array
{
    $properties = [];
    foreach (Client::admin()->call('<server><get><key/></get></server>')->key->property as $property) {
        $properties[(string) $property->name] = (string) $property->value;
    }
    return $properties;
}
