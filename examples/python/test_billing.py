import unittest

from billing import Billing, Refused, Unavailable
from hostledger import LOGIN, PASSWORD, Hostledger

DAY, TODAY = "2026-05-14", "2026-05-15"

CLOCK = f'clock = {{ start = "{TODAY}T12:00:00Z" }}'


class BillingTest(unittest.TestCase):
    def start(self, faults=""):
        """Starts a server, whose clock stands, and returns a client that is in a hurry."""
        self.server = Hostledger(CLOCK + faults)
        self.addCleanup(self.server.stop)
        return Billing(self.server.url, LOGIN, PASSWORD, timeout=5, pause=0)

    def test_prices_and_traffic_are_stored(self):
        billing = self.start()
        billing.set_price(1, "USD", "10.00", "2026-06-01")
        billing.set_traffic(1, DAY, 100, 200)
        self.assertEqual(billing.traffic(1, DAY), {DAY: (100, 200), TODAY: (0, 0)})

    def test_an_error_is_told_and_nothing_is_sent_again(self):
        billing = self.start("""
            [[fault]]
            operation = "webspace.set_traffic"
            error = 1013
        """)
        with self.assertRaises(Refused) as caught:
            billing.set_traffic(1, DAY, 100, 200)
        self.assertEqual((caught.exception.code, caught.exception.text), (1013, "domain does not exist"))
        self.assertEqual(self.server.log().count("msg=fault"), 1)

    def test_a_packet_that_is_refused_is_told(self):
        billing = self.start("""
            [[fault]]
            refuse = 1006
        """)
        with self.assertRaisesRegex(Refused, "Permission denied. .error 1006."):
            billing.set_price(1, "USD", "10.00", "2026-06-01")

    def test_what_a_proxy_answers_for_a_busy_server_is_no_answer(self):
        billing = self.start("""
            [[fault]]
            operation = "webspace.set-billing-info"
            status = 502
            times = 2
        """)
        billing.set_price(1, "USD", "10.00", "2026-06-01")
        self.assertEqual(self.server.log().count("502 Bad Gateway"), 2)

    def test_it_gives_up_in_the_end(self):
        billing = self.start("""
            [[fault]]
            cut = "before"
        """)
        with self.assertRaises(Unavailable):
            billing.set_traffic(1, DAY, 100, 200)
        self.assertEqual(self.server.log().count("msg=fault"), 3)

    def test_a_lost_answer_counts_nothing_twice(self):
        for cut in "after", "middle":
            with self.subTest(cut=cut):
                billing = self.start(f"""
                    [[fault]]
                    operation = "webspace.set_traffic"
                    cut = "{cut}"
                    call = 1
                """)
                billing.set_traffic(1, DAY, 100, 200)
                self.assertEqual(self.server.log().count("msg=fault"), 1)
                self.assertEqual(billing.traffic(1, DAY)[DAY], (100, 200))

    def test_a_late_answer_is_not_waited_for(self):
        billing = self.start("""
            [[fault]]
            operation = "webspace.set_traffic"
            delay = "1m"
        """)
        billing.timeout, billing.attempts = 0.2, 1
        with self.assertRaises(Unavailable):
            billing.set_traffic(1, DAY, 100, 200)


if __name__ == "__main__":
    unittest.main()
