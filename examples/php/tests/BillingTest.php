<?php

declare(strict_types=1);

namespace Example;

use PHPUnit\Framework\TestCase;

class BillingTest extends TestCase
{
    private const DAY = '2026-05-14';
    private const TODAY = '2026-05-15';
    private const CLOCK = 'clock = { start = "' . self::TODAY . 'T12:00:00Z" }';

    private ?Hostledger $server = null;

    protected function tearDown(): void
    {
        $this->server?->stop();
    }

    /** Starts a server, whose clock stands, and returns a client that is in a hurry. */
    private function start(string $faults = ''): Billing
    {
        $this->server = new Hostledger(self::CLOCK . "\n" . $faults);
        return new Billing($this->server->url, Hostledger::LOGIN, Hostledger::PASSWORD, timeout: 5000, pause: 0);
    }

    public function testPricesAndTrafficAreStored(): void
    {
        $billing = $this->start();
        $billing->setPrice(1, 'USD', '10.00', '2026-06-01');
        $billing->setTraffic(1, self::DAY, 100, 200);
        $this->assertSame([
            self::DAY => ['received' => 100, 'sent' => 200],
            self::TODAY => ['received' => 0, 'sent' => 0],
        ], $billing->traffic(1, self::DAY));
    }

    public function testAnErrorIsToldAndNothingIsSentAgain(): void
    {
        $billing = $this->start('
            [[fault]]
            operation = "webspace.set_traffic"
            error = 1013
        ');
        try {
            $billing->setTraffic(1, self::DAY, 100, 200);
            $this->fail('the error is not told');
        } catch (Refused $refused) {
            $this->assertSame(1013, $refused->getCode());
            $this->assertSame('domain does not exist', $refused->getMessage());
        }
        $this->assertSame(1, $this->server->faults());
    }

    public function testAPacketThatIsRefusedIsTold(): void
    {
        $billing = $this->start('
            [[fault]]
            refuse = 1006
        ');
        $this->expectExceptionObject(new Refused('Permission denied.', 1006));
        $billing->setPrice(1, 'USD', '10.00', '2026-06-01');
    }

    public function testWhatAProxyAnswersForABusyServerIsNoAnswer(): void
    {
        $billing = $this->start('
            [[fault]]
            operation = "webspace.set-billing-info"
            status = 502
            times = 2
        ');
        $billing->setPrice(1, 'USD', '10.00', '2026-06-01');
        $this->assertSame(2, $this->server->faults());
    }

    public function testItGivesUpInTheEnd(): void
    {
        $billing = $this->start('
            [[fault]]
            cut = "before"
        ');
        try {
            $billing->setTraffic(1, self::DAY, 100, 200);
            $this->fail('it does not tell that there was no answer');
        } catch (Unavailable) {
            $this->assertSame(3, $this->server->faults());
        }
    }

    public function testALostAnswerCountsNothingTwice(): void
    {
        $this->sendAgainAfter('after');
    }

    public function testHalfAnAnswerIsNone(): void
    {
        $this->sendAgainAfter('middle');
    }

    private function sendAgainAfter(string $cut): void
    {
        $billing = $this->start("
            [[fault]]
            operation = 'webspace.set_traffic'
            cut = '$cut'
            call = 1
        ");
        $billing->setTraffic(1, self::DAY, 100, 200);
        $this->assertSame(1, $this->server->faults());
        $this->assertSame(['received' => 100, 'sent' => 200], $billing->traffic(1, self::DAY)[self::DAY]);
    }

    public function testALateAnswerIsNotWaitedFor(): void
    {
        $billing = $this->start('
            [[fault]]
            operation = "webspace.set_traffic"
            delay = "1m"
        ');
        $billing->timeout = 200;
        $billing->attempts = 1;
        $this->expectException(Unavailable::class);
        $billing->setTraffic(1, self::DAY, 100, 200);
    }
}
