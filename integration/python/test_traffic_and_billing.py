"""What statistics facilities and billing systems do with subscriptions."""

import unittest

from hostledger import ApiError, Client, add_customer, add_webspace


def set_traffic(site, date, *counters):
    names = ("smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out")
    values = "".join(f"<{name}>{value}</{name}>" for name, value in zip(names, counters))
    return f"<set_traffic><dom_id>{site}</dom_id><date>{date}</date>{values}</set_traffic>"


class TrafficTest(unittest.TestCase):
    def setUp(self):
        self.admin = Client()
        self.id = add_webspace(self.admin, f"{self._testMethodName.replace('_', '-')}.example")

    def days(self):
        result = self.admin.result(
            f"<webspace><get_traffic><filter><id>{self.id}</id></filter>"
            "<since_date>2020-12-01</since_date><to_date>2020-12-03</to_date></get_traffic></webspace>"
        )
        return [
            (day.findtext("date"), int(day.findtext("smtp_in")), int(day.findtext("pop3_imap_out")))
            for day in result.findall("traffic")
        ]

    def test_traffic_is_kept_by_day_and_replaced(self):
        first, second = set_traffic(self.id, "2020-12-01", 1, 2, 3, 4), set_traffic(self.id, "2020-12-02", 5, 6, 7, 8)
        results = self.admin.results(f"<webspace>{first}{second}</webspace>")
        self.assertEqual([str(self.id)] * 2, [result.findtext("id") for result in results])
        self.admin.results(f"<webspace>{set_traffic(self.id, '2020-12-01', 10, '', '', 40)}</webspace>")
        self.assertEqual([("2020-12-01", 10, 40), ("2020-12-02", 5, 8), ("2020-12-03", 0, 0)], self.days())

    def test_traffic_of_nobody_loses_nothing_else(self):
        answer = self.admin.packet(
            f"<webspace>{set_traffic(self.id, '2020-12-01', 1, 2, 3, 4)}{set_traffic(999, '2020-12-01', 1, 2, 3, 4)}</webspace>"
        )
        statuses = [result.findtext("status") for result in answer.iter("result")]
        codes = [result.findtext("errcode") for result in answer.iter("result")]
        self.assertEqual((["ok", "error"], [None, "1013"]), (statuses, codes))
        self.assertEqual(("2020-12-01", 1, 4), self.days()[0])

    def test_an_invalid_packet_does_nothing(self):
        with self.assertRaisesRegex(ApiError, "not a valid value of the atomic type 'long'"):
            self.admin.packet(
                f"<webspace>{set_traffic(self.id, '2020-12-01', 1, 2, 3, 4)}{set_traffic(self.id, '2020-12-02', 'x', 2, 3, 4)}</webspace>"
            )
        self.assertEqual([0, 0, 0], [smtp_in for _, smtp_in, _ in self.days()])

    def test_a_night_in_chunks(self):
        """A large packet from a generator, without Content-Length."""

        def packet():
            yield b"<packet><webspace>"
            for day in range(1, 29):
                for _ in range(50):
                    yield set_traffic(self.id, f"2021-02-{day:02}", day, 0, 0, 0).encode()
            yield b"</webspace></packet>"

        status, text = self.admin.post(packet())
        self.assertEqual((200, 28 * 50, 0), (status, text.count("<status>ok</status>"), text.count("error")))


class BillingTest(unittest.TestCase):
    def test_billing_information_of_a_subscription(self):
        admin = Client()
        site = add_webspace(admin, "billing.example", setup="<external-id>bill-9</external-id>")
        values = (
            "<price><currency>USD</currency><sum>9.90</sum></price><renewal-date>2026-12-22T14:33:12+0600</renewal-date>"
            "<cycle>P1M</cycle><domain-store-url>https://store.example/d</domain-store-url>"
            "<cert-store-url>https://store.example/c</cert-store-url>"
        )
        admin.result(
            "<webspace><set-billing-info><filter><external-id>bill-9</external-id></filter>"
            f"<values>{values}</values></set-billing-info></webspace>"
        )
        stored = admin.result(
            f"<webspace><get><filter><id>{site}</id></filter><dataset><billing-info/></dataset></get></webspace>"
        ).find("data/billing-info")
        self.assertEqual("9.90", stored.findtext("price/sum"))
        self.assertEqual("2026-12-22T14:33:12+0600", stored.findtext("renewal-date"))
        self.assertEqual("https://store.example/c", stored.findtext("cert-store-url"))

    def test_wrong_values_change_nothing(self):
        admin = Client()
        site = add_webspace(admin, "wrong-billing.example")
        for values in (
            "<price><currency>XXQ</currency><sum>1</sum></price>",
            "<renewal-date>2026-02-30</renewal-date>",
            "<cycle>monthly</cycle>",
            "<domain-store-url>javascript:alert(1)</domain-store-url>",
        ):
            with self.assertRaises(ApiError) as refused:
                admin.result(
                    f"<webspace><set-billing-info><filter><id>{site}</id></filter><values>{values}</values>"
                    "</set-billing-info></webspace>"
                )
            self.assertEqual(1019, refused.exception.code, values)
        self.assertEqual(
            0,
            len(
                admin.result(
                    f"<webspace><get><filter><id>{site}</id></filter><dataset><billing-info/></dataset></get></webspace>"
                ).find("data/billing-info")
            ),
        )

    def test_balances_of_a_customer(self):
        admin = Client()
        customer = add_customer(admin, "payer")
        admin.result(
            f"<customer><set-billing-info><filter><id>{customer}</id></filter><values><invoices-due>"
            "<value><currency>EUR</currency><sum>12.50</sum></value></invoices-due></values></set-billing-info></customer>"
        )
        stored = admin.result(
            f"<customer><get><filter><id>{customer}</id></filter><dataset><billing-info/></dataset></get></customer>"
        ).find("data/billing-info")
        self.assertEqual("12.50", stored.findtext("invoices-due/value/sum"))


if __name__ == "__main__":
    unittest.main()
