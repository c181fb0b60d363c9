"""Who sees and may do what: the administrator, resellers and customers, each under their own name."""

import unittest

from hostledger import ApiError, Client, add_customer, add_reseller, add_webspace

GET = "<{0}><get><filter/><dataset><{1}/></dataset></get></{0}>"


def ids(client, operator, dataset):
    return [int(r.findtext("id")) for r in client.results(GET.format(operator, dataset)) if r.find("data") is not None]


class RolesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.admin = Client()
        cls.reseller_id = add_reseller(cls.admin, "rick")
        cls.rick = Client("rick", "simple-Pa55word")
        cls.client_id = add_customer(cls.rick, "carl")
        cls.carl = Client("carl", "simple-Pa55word")
        cls.customer_id = add_customer(cls.admin, "cora")
        cls.cora = Client("cora", "simple-Pa55word")
        owner = "<owner-login>{}</owner-login>".format
        cls.of_admin = add_webspace(cls.admin, "admin.example")
        cls.of_rick = add_webspace(cls.rick, "rick.example")
        cls.of_carl = add_webspace(cls.rick, "carl.example", setup=owner("carl"))
        cls.of_cora = add_webspace(cls.admin, "cora.example", setup=owner("cora"))

    def refused(self, code, client, operators):
        with self.assertRaises(ApiError) as refused:
            client.result(operators)
        self.assertEqual(code, refused.exception.code, str(refused.exception))

    def test_everybody_sees_exactly_his_subscriptions(self):
        for client, want in (
            (self.admin, [self.of_admin, self.of_rick, self.of_carl, self.of_cora]),
            (self.rick, [self.of_rick, self.of_carl]),
            (self.carl, [self.of_carl]),
            (self.cora, [self.of_cora]),
        ):
            self.assertEqual(want, ids(client, "webspace", "gen_info"))

    def test_everybody_sees_exactly_his_customers(self):
        self.assertLessEqual({self.client_id, self.customer_id}, set(ids(self.admin, "customer", "gen_info")))
        self.assertEqual([self.client_id], ids(self.rick, "customer", "gen_info"))
        self.assertEqual([self.client_id], ids(self.carl, "customer", "gen_info"))

    def test_what_belongs_to_others_is_not_there(self):
        get = "<webspace><get><filter><id>{}</id></filter><dataset><gen_info/></dataset></get></webspace>".format
        self.refused(1013, self.rick, get(self.of_cora))
        self.refused(1013, self.carl, get(self.of_rick))
        self.refused(1013, self.rick, f"<webspace><del><filter><id>{self.of_admin}</id></filter></del></webspace>")

    def test_customers_neither_make_subscriptions_nor_set_traffic(self):
        self.refused(1006, self.carl, "<webspace><add><gen_setup><name>new.example</name></gen_setup></add></webspace>")
        counters = "<smtp_in>1</smtp_in><smtp_out/><pop3_imap_in/><pop3_imap_out/>"
        self.refused(
            1006,
            self.carl,
            f"<webspace><set_traffic><dom_id>{self.of_carl}</dom_id><date>2026-01-01</date>{counters}</set_traffic></webspace>",
        )

    def test_a_customer_adds_sites_within_his_limit(self):
        self.admin.result(
            f"<webspace><set><filter><id>{self.of_cora}</id></filter><values><limits><limit><name>max_site</name>"
            "<value>2</value></limit></limits></values></set></webspace>"
        )
        add = f"<site><add><gen_setup><name>{{}}</name><webspace-id>{self.of_cora}</webspace-id></gen_setup></add></site>"
        self.cora.result(add.format("second.example"))
        with self.assertRaisesRegex(ApiError, r"1024: .*\(sites\) left. Requested: 1; available: 0"):
            self.cora.result(add.format("third.example"))

    def test_a_suspended_account_is_disabled(self):
        add_customer(self.admin, "dora")
        self.admin.result(
            "<customer><set><filter><login>dora</login></filter><values><gen_info><status>16</status></gen_info></values></set></customer>"
        )
        with self.assertRaises(ApiError) as refused:
            Client("dora", "simple-Pa55word").packet("<server><get_protos/></server>")
        self.assertEqual(1011, refused.exception.code)

    def test_a_reseller_without_remote_access_is_kept_out(self):
        add_reseller(self.admin, "rita")
        rita = Client("rita", "simple-Pa55word")
        rita.result("<server><get_protos/></server>")
        self.admin.result(
            "<reseller><set><filter><login>rita</login></filter><values><permissions><permission>"
            "<name>remote_access_interface</name><value>false</value></permission></permissions></values></set></reseller>"
        )
        with self.assertRaises(ApiError) as refused:
            rita.packet("<server><get_protos/></server>")
        self.assertEqual(1006, refused.exception.code)

    def test_a_customer_becomes_a_reseller_and_changes_hands(self):
        convert = add_customer(self.admin, "olga")
        self.admin.result(f"<customer><convert-to-reseller><filter><id>{convert}</id></filter></convert-to-reseller></customer>")
        olga = Client("olga", "simple-Pa55word")
        client = add_customer(self.admin, "moved")
        self.admin.result(
            f"<customer><change-owner><filter><id>{client}</id></filter><new-owner-login>olga</new-owner-login></change-owner></customer>"
        )
        self.assertEqual([client], ids(olga, "customer", "gen_info"))

    def test_failures_lock_a_login_from_here(self):
        add_customer(self.admin, "lars")
        codes = []
        for _ in range(6):
            with self.assertRaises(ApiError) as refused:
                Client("lars", "wrong-Pa55word").packet("<server><get_protos/></server>")
            codes.append(refused.exception.code)
        self.assertEqual([1001] * 5 + [1012], codes)
        self.admin.result("<server><get_protos/></server>")


if __name__ == "__main__":
    unittest.main()
