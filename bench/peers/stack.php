<?php
/*
 * Takes packets of webspace/set_traffic as Hostledger does, the way a panel in
 * PHP would that wants to be fast: the packet is read as it comes, rows go to
 * MariaDB by the thousand in one transaction over a connection that persists,
 * and a password that was verified is remembered.
 */
declare(strict_types=1);

const ROWS_PER_STATEMENT = 1000;
const COUNTERS = ['smtp_in', 'smtp_out', 'pop3_imap_in', 'pop3_imap_out'];

function database(): PDO
{
    return new PDO('mysql:dbname=ledger;unix_socket=' . getenv('LEDGER_SOCKET'), 'root', '', [
        PDO::ATTR_PERSISTENT => true,
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::ATTR_EMULATE_PREPARES => true, // one round trip for a statement instead of three
    ]);
}

function authenticate(PDO $db): bool
{
    $login = $_SERVER['HTTP_HTTP_AUTH_LOGIN'] ?? '';
    $password = $_SERVER['HTTP_HTTP_AUTH_PASSWD'] ?? '';
    $remembered = hash('sha256', $login . "\0" . $password);
    if (apcu_exists($remembered)) {
        return true;
    }
    $account = $db->prepare('SELECT password FROM accounts WHERE login = ?');
    $account->execute([$login]);
    $hash = $account->fetchColumn();
    return $hash !== false && password_verify($password, $hash) && apcu_store($remembered, true, 60);
}

/* Reads the nodes of a packet: [dom_id, date as a number, the four counters]. */
function records(string $packet): Generator
{
    $reader = new XMLReader();
    if (!$reader->open($packet, null, LIBXML_NOBLANKS | LIBXML_NONET)) {
        throw new InvalidArgumentException('The packet cannot be read.');
    }
    $node = null;
    $name = '';
    while ($reader->read()) {
        switch ($reader->nodeType) {
            case XMLReader::ELEMENT:
                $name = $reader->localName;
                if ($name === 'set_traffic') {
                    $node = [];
                }
                break;
            case XMLReader::TEXT:
                $node[$name] = $reader->value;
                break;
            case XMLReader::END_ELEMENT:
                if ($reader->localName === 'set_traffic') {
                    yield record($node);
                }
        }
    }
    if (libxml_get_last_error()) {
        throw new InvalidArgumentException(libxml_get_last_error()->message);
    }
}

function record(array $node): array
{
    $record = [number($node['dom_id'] ?? '')];
    if (!preg_match('/^(\d{4})-(\d\d)-(\d\d)$/', $node['date'] ?? '', $date) || !checkdate((int)$date[2], (int)$date[3], (int)$date[1])) {
        throw new InvalidArgumentException('Invalid date.');
    }
    $record[] = (int)($date[1] . $date[2] . $date[3]);
    foreach (COUNTERS as $counter) {
        $record[] = number($node[$counter] ?? '0');
    }
    return $record;
}

function number(string $text): int
{
    if (!ctype_digit($text) || strlen($text) > 18) {
        throw new InvalidArgumentException('Invalid number.');
    }
    return (int)$text;
}

/* Stores rows and returns the results of their nodes. */
function store(PDO $db, array $records): string
{
    $ids = implode(',', array_unique(array_column($records, 0)));
    $known = array_flip($db->query("SELECT id FROM sites WHERE id IN ($ids)")->fetchAll(PDO::FETCH_COLUMN));
    $rows = $results = [];
    foreach ($records as $record) {
        [$id] = $record;
        if (!isset($known[$id])) {
            $results[] = "<set_traffic><result><status>error</status><errcode>1013</errcode>"
                . "<errtext>domain does not exist</errtext><id>$id</id></result></set_traffic>";
            continue;
        }
        $rows[] = '(' . implode(',', $record) . ')';
        $results[] = "<set_traffic><result><status>ok</status><id>$id</id></result></set_traffic>";
    }
    if ($rows) {
        $db->exec('INSERT INTO traffic (site_id, date, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out) VALUES '
            . implode(',', $rows) . ' ON DUPLICATE KEY UPDATE smtp_in = VALUES(smtp_in), smtp_out = VALUES(smtp_out),'
            . ' pop3_imap_in = VALUES(pop3_imap_in), pop3_imap_out = VALUES(pop3_imap_out)');
    }
    return implode('', $results);
}

/* Stores all rows of a packet in one transaction, and returns the results. */
function execute(PDO $db, string $packet): string
{
    $results = '';
    $records = [];
    foreach (records($packet) as $record) {
        $records[] = $record;
        if (count($records) === ROWS_PER_STATEMENT) {
            if (!$db->inTransaction()) {
                $db->beginTransaction();
            }
            $results .= store($db, $records);
            $records = [];
        }
    }
    if ($records) {
        $results .= store($db, $records);
    }
    if ($db->inTransaction()) {
        $db->commit();
    }
    return $results;
}

libxml_use_internal_errors(true);
$db = database();
try {
    $body = authenticate($db)
        ? '<webspace>' . execute($db, 'php://input') . '</webspace>'
        : '<system><status>error</status><errcode>1001</errcode><errtext>Authentication failed.</errtext></system>';
} catch (InvalidArgumentException $e) {
    if ($db->inTransaction()) {
        $db->rollBack();
    }
    $body = '<system><status>error</status><errcode>1014</errcode><errtext>' . htmlspecialchars($e->getMessage()) . '</errtext></system>';
}
$answer = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.3.0\">$body</packet>\n";
header('Content-Type: text/xml; charset=UTF-8');
header('Content-Length: ' . strlen($answer));
echo $answer;
