<?php

declare(strict_types=1);

namespace Example;

/** What a billing module tells a server that speaks Plesk's XML API: prices and mail traffic of subscriptions. */
class Billing
{
    /** The timeout of a request and the pause between two attempts are in milliseconds. */
    public function __construct(
        private string $url,
        private string $login,
        private string $password,
        public int $timeout = 30_000,
        public int $attempts = 3,
        public int $pause = 1000,
    ) {
    }

    public function setPrice(int $subscription, string $currency, string $sum, string $renewalDate, string $cycle = 'P1M'): void
    {
        $price = '<currency>' . self::escape($currency) . '</currency><sum>' . self::escape($sum) . '</sum>';
        $this->send(
            "<webspace><set-billing-info><filter><id>$subscription</id></filter><values>"
            . "<price>$price</price><renewal-date>$renewalDate</renewal-date><cycle>$cycle</cycle>"
            . '</values></set-billing-info></webspace>'
        );
    }

    /** Sets the bytes of mail that came and went on a day. Those that were set before are replaced. */
    public function setTraffic(int $subscription, string $date, int $received, int $sent): void
    {
        $this->send(
            "<webspace><set_traffic><dom_id>$subscription</dom_id><date>$date</date>"
            . "<smtp_in>$received</smtp_in><smtp_out>$sent</smtp_out><pop3_imap_in/><pop3_imap_out/>"
            . '</set_traffic></webspace>'
        );
    }

    /**
     * Returns the bytes of mail of every day from $since until today.
     *
     * @return array<string, array{received: int, sent: int}>
     */
    public function traffic(int $subscription, string $since): array
    {
        $answer = $this->send(
            "<webspace><get_traffic><filter><id>$subscription</id></filter>"
            . "<since_date>$since</since_date></get_traffic></webspace>"
        );
        $days = [];
        foreach ($answer->webspace->get_traffic->result->traffic as $day) {
            $days[(string) $day->date] = ['received' => (int) $day->smtp_in, 'sent' => (int) $day->smtp_out];
        }
        return $days;
    }

    /** Sends a packet until it is answered. All of the above replace what is stored, so sending twice is safe. */
    private function send(string $operator): \SimpleXMLElement
    {
        for ($attempt = 1;; $attempt++) {
            try {
                return self::checked($this->post("<packet>$operator</packet>"));
            } catch (Unavailable $error) {
                if ($attempt === $this->attempts) {
                    throw $error;
                }
                usleep($this->pause * 1000);
            }
        }
    }

    private function post(string $packet): string
    {
        $request = curl_init($this->url . '/enterprise/control/agent.php');
        curl_setopt_array($request, [
            CURLOPT_POSTFIELDS => $packet,
            CURLOPT_HTTPHEADER => [
                'Content-Type: text/xml',
                "HTTP_AUTH_LOGIN: $this->login",
                "HTTP_AUTH_PASSWD: $this->password",
            ],
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT_MS => $this->timeout,
        ]);
        $answer = curl_exec($request);
        $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
        if ($answer === false || $status !== 200) {
            // No connection, one that broke, one that took too long, an HTTP status of errors.
            throw new Unavailable(curl_error($request) ?: "HTTP status $status");
        }
        return $answer;
    }

    /** Returns an answer if it is one and holds no error. */
    private static function checked(string $text): \SimpleXMLElement
    {
        $answer = @simplexml_load_string($text);
        if ($answer === false) {
            throw new Unavailable('the answer is no packet');
        }
        foreach ($answer->xpath('//*[status="error"]') as $result) {
            throw new Refused((string) $result->errtext, (int) $result->errcode);
        }
        return $answer;
    }

    private static function escape(string $text): string
    {
        return htmlspecialchars($text, ENT_XML1);
    }
}
