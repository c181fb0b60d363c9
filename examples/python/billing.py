"""What a billing system tells a server that speaks Plesk's XML API: prices and mail traffic of subscriptions."""

import http.client
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape


class Refused(Exception):
    """The server's answer is an error: sending the same again does not help."""

    def __init__(self, code, text):
        super().__init__(f"{text} (error {code})")
        self.code = code
        self.text = text


class Unavailable(Exception):
    """There was no answer. Whether the packet was executed is unknown."""


class Billing:
    def __init__(self, url, login, password, timeout=30, attempts=3, pause=1):
        """timeout and pause are in seconds; pause is what lies between two attempts."""
        self.url = url + "/enterprise/control/agent.php"
        self.headers = {"Content-Type": "text/xml", "HTTP_AUTH_LOGIN": login, "HTTP_AUTH_PASSWD": password}
        self.timeout = timeout
        self.attempts = attempts
        self.pause = pause

    def set_price(self, subscription, currency, amount, renewal_date, cycle="P1M"):
        self._send(
            f"<webspace><set-billing-info><filter><id>{subscription}</id></filter><values>"
            f"<price><currency>{escape(currency)}</currency><sum>{escape(amount)}</sum></price>"
            f"<renewal-date>{renewal_date}</renewal-date><cycle>{cycle}</cycle>"
            "</values></set-billing-info></webspace>"
        )

    def set_traffic(self, subscription, date, received, sent):
        """Sets the bytes of mail that came and went on a day. Those that were set before are replaced."""
        self._send(
            f"<webspace><set_traffic><dom_id>{subscription}</dom_id><date>{date}</date>"
            f"<smtp_in>{received}</smtp_in><smtp_out>{sent}</smtp_out><pop3_imap_in/><pop3_imap_out/>"
            "</set_traffic></webspace>"
        )

    def traffic(self, subscription, since):
        """Returns the bytes of mail of every day from since until today: {date: (received, sent)}."""
        answer = self._send(
            f"<webspace><get_traffic><filter><id>{subscription}</id></filter>"
            f"<since_date>{since}</since_date></get_traffic></webspace>"
        )
        return {
            day.findtext("date"): (int(day.findtext("smtp_in")), int(day.findtext("smtp_out")))
            for day in answer.iter("traffic")
        }

    def _send(self, operator):
        """Sends a packet until it is answered. All of the above replace what is stored, so sending twice is safe."""
        packet = f"<packet>{operator}</packet>".encode()
        for attempt in range(1, self.attempts + 1):
            try:
                return checked(self._post(packet))
            except Unavailable:
                if attempt == self.attempts:
                    raise
                time.sleep(self.pause)

    def _post(self, packet):
        request = urllib.request.Request(self.url, packet, self.headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return response.read()
        except (OSError, http.client.HTTPException) as error:  # no connection, one that broke, an HTTP status of errors
            raise Unavailable(str(error)) from error


def checked(text):
    """Returns the answer as a tree, if it is one and holds no error."""
    try:
        answer = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise Unavailable(f"the answer is no packet: {error}") from error
    for result in answer.iter():
        if result.findtext("status") == "error":
            raise Refused(int(result.findtext("errcode")), result.findtext("errtext"))
    return answer
