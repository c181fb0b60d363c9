<?php

/** ApiError is what a packet or an operation was refused with. */
class ApiError extends Exception
{
}

/** Client posts packets as integrators' PHP does: with curl, and reads the answers with SimpleXML. */
class Client
{
    public function __construct(
        private string $url,
        private array $credentials,
        private ?string $version = null,
    ) {
    }

    /** admin returns a client of the administrator of the server under test. */
    public static function admin(?string $version = null): self
    {
        return self::as(getenv('HOSTLEDGER_LOGIN'), getenv('HOSTLEDGER_PASSWORD'), $version);
    }

    public static function as(string $login, string $password, ?string $version = null): self
    {
        $credentials = ['HTTP_AUTH_LOGIN: ' . $login, 'HTTP_AUTH_PASSWD: ' . $password];
        return new self(getenv('HOSTLEDGER_URL'), $credentials, $version);
    }

    public static function withKey(string $key): self
    {
        return new self(getenv('HOSTLEDGER_URL'), ['KEY: ' . $key]);
    }

    /** post sends a whole packet and returns the answer's text. */
    public function post(string $packet): string
    {
        $curl = curl_init($this->url . '/enterprise/control/agent.php');
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_POST => true,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_SSL_VERIFYHOST => 0,
            CURLOPT_HTTPHEADER => array_merge(['Content-Type: text/xml', 'HTTP_PRETTY_PRINT: TRUE'], $this->credentials),
            CURLOPT_POSTFIELDS => $packet,
        ]);
        $answer = curl_exec($curl);
        if ($answer === false) {
            throw new Exception(curl_error($curl));
        }
        equals(200, curl_getinfo($curl, CURLINFO_RESPONSE_CODE), 'HTTP status');
        curl_close($curl);
        return $answer;
    }

    /** packet sends operators and returns the answering packet, or throws what the whole packet was refused with. */
    public function packet(string $operators): SimpleXMLElement
    {
        $version = $this->version === null ? '' : " version=\"$this->version\"";
        $answer = new SimpleXMLElement($this->post("<?xml version='1.0' encoding='UTF-8' ?>\n<packet$version>$operators</packet>"));
        if ((string) $answer->system->status === 'error') {
            throw new ApiError((string) $answer->system->errtext, (int) $answer->system->errcode);
        }
        return $answer;
    }

    /** call sends operators and returns their first result, or throws the first error that there is. */
    public function call(string $operators): SimpleXMLElement
    {
        $answer = $this->packet($operators);
        if ($answer->xpath('//status[text()="error"]')) {
            throw new ApiError((string) $answer->xpath('//errtext')[0], (int) $answer->xpath('//errcode')[0]);
        }
        return $answer->xpath('//result')[0];
    }

    /** items sends operators and returns the results that have data. */
    public function items(string $operators, string $data): array
    {
        return $this->packet($operators)->xpath("//result[$data]");
    }

    /** missing tells whether an operation is refused because its object does not exist. */
    public function missing(string $operators): bool
    {
        try {
            $this->call($operators);
        } catch (ApiError $error) {
            return $error->getCode() === 1013;
        }
        return false;
    }
}
