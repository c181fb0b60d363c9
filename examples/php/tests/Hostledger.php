<?php

declare(strict_types=1);

namespace Example;

/**
 * Starts Hostledger in memory, for tests, with the subscriptions of fixture.xml. The program `hostledger` has to be on
 * the PATH.
 */
class Hostledger
{
    public const LOGIN = 'admin';
    public const PASSWORD = 'setup-Pa55word';

    public readonly string $url;
    private string $folder;
    /** @var resource */
    private $process;

    /** The server fails as $faults say: the content of a file for --faults. */
    public function __construct(string $faults = '')
    {
        $this->folder = sys_get_temp_dir() . '/hostledger-' . bin2hex(random_bytes(8));
        mkdir($this->folder, 0700);
        file_put_contents("$this->folder/faults.toml", $faults);
        $this->run();
        $this->url = $this->awaitUrl();
    }

    private function run(): void
    {
        $program = ['hostledger', 'serve', '--ephemeral', '--listen', '', '--http', '127.0.0.1:0'];
        array_push($program, '--fixture', __DIR__ . '/../fixture.xml');
        array_push($program, '--faults', "$this->folder/faults.toml", '--url-file', "$this->folder/url");
        $environment = ['HOSTLEDGER_ADMIN_PASSWORD' => self::PASSWORD] + getenv();
        $this->process = proc_open($program, [2 => ['file', "$this->folder/log", 'w']], $pipes, null, $environment);
    }

    private function awaitUrl(): string
    {
        while (!file_exists("$this->folder/url")) {
            if (!proc_get_status($this->process)['running']) {
                throw new \RuntimeException($this->log());
            }
            usleep(5000);
        }
        return trim(file_get_contents("$this->folder/url"));
    }

    /** Returns what the server has logged, with every fault that happened. */
    public function log(): string
    {
        return file_get_contents("$this->folder/log");
    }

    /** Returns how many faults have happened. */
    public function faults(): int
    {
        return substr_count($this->log(), 'msg=fault ');
    }

    public function stop(): void
    {
        proc_terminate($this->process, 9); // it has nothing to keep
        proc_close($this->process);
        array_map(unlink(...), glob("$this->folder/*"));
        rmdir($this->folder);
    }
}
