"""The oddities of clients that are around."""

import unittest

from hostledger import Client

PROTOS = "<packet><server><get_protos/></server></packet>"


class OdditiesTest(unittest.TestCase):
    def accepted(self, body, **headers):
        status, text = Client().post(body if isinstance(body, bytes) else body.encode(), **headers)
        self.assertEqual(200, status)
        self.assertIn("<status>ok</status>", text)
        return text

    def test_content_types(self):
        for kind in ("text/xml; charset=UTF-8", "TEXT/XML", "application/xml", "text/plain", "application/x-www-form-urlencoded"):
            self.accepted(PROTOS, **{"Content-Type": kind})

    def test_beginnings_of_documents(self):
        for beginning in (
            '\n<?xml version="1.0" encoding="UTF-8"?>\n',
            "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
            "<!-- made by hand -->",
            "\ufeff",
        ):
            self.accepted(beginning + PROTOS)

    def test_another_encoding(self):
        packet = '<?xml version="1.0" encoding="ISO-8859-1"?><packet><webspace><add><gen_setup><name>bücher.example</name></gen_setup></add></webspace></packet>'
        self.accepted(packet.encode("latin-1"))
        text = self.accepted(
            "<packet><webspace><get><filter><name>bücher.example</name></filter><dataset><gen_info/></dataset></get></webspace></packet>"
        )
        self.assertIn("<ascii-name>xn--bcher-kva.example</ascii-name>", text)

    def test_the_version_is_echoed(self):
        self.assertIn('version="1.6.3.5"', self.accepted(PROTOS.replace("<packet>", '<packet version ="1.6.3.5">')))
        self.assertIn('version="1.6.9.1"', self.accepted(PROTOS))

    def test_older_names_of_operators(self):
        text = self.accepted(
            '<packet version="1.4.2.0"><client><add><gen_info><pname>Old</pname><login>old</login>'
            "<passwd>simple-Pa55word</passwd></gen_info></add></client></packet>"
        )
        self.assertIn("<client>", text)

    def test_a_pretty_answer_has_an_element_a_line(self):
        _, text = Client(pretty=True).post(PROTOS.encode())
        self.assertTrue(text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<packet version="1.6.9.1">\n  <server>\n'), text[:100])

    def test_dangerous_xml_is_refused(self):
        for packet in (
            '<!DOCTYPE packet [<!ENTITY x SYSTEM "file:///etc/passwd">]><packet>&x;</packet>',
            "<packet>" * 1000,
            "<packet><server><get_protos",
            "",
        ):
            status, text = Client().post(packet.encode())
            self.assertEqual(200, status)
            self.assertIn("<errcode>1014</errcode>", text)


if __name__ == "__main__":
    unittest.main()
