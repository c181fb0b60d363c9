"""A client of the XML API out of the standard library alone."""

import http.client
import os
import ssl
import urllib.parse
import xml.etree.ElementTree as ElementTree


class ApiError(Exception):
    def __init__(self, element):
        self.code = int(element.findtext("errcode"))
        super().__init__(f"{self.code}: {element.findtext('errtext')}")


class Client:
    """Posts packets with a login and a password, or with a secret key."""

    def __init__(self, login=None, password=None, key=None, pretty=False):
        self.headers = {"Content-Type": "text/xml"}
        if key:
            self.headers["KEY"] = key
        else:
            self.headers["HTTP_AUTH_LOGIN"] = login or os.environ["HOSTLEDGER_LOGIN"]
            self.headers["HTTP_AUTH_PASSWD"] = password or os.environ["HOSTLEDGER_PASSWORD"]
        if pretty:
            self.headers["HTTP_PRETTY_PRINT"] = "TRUE"

    def post(self, body, **more):
        """Returns status and text of the answer to a body, which may be an iterable: then it is sent in chunks."""
        url = urllib.parse.urlsplit(os.environ["HOSTLEDGER_URL"])
        if url.scheme == "https":
            connection = http.client.HTTPSConnection(url.netloc, context=ssl._create_unverified_context())
        else:
            connection = http.client.HTTPConnection(url.netloc)
        try:
            connection.request("POST", "/enterprise/control/agent.php", body, {**self.headers, **more})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def packet(self, operators):
        """Returns the answer to operators, whatever their results are."""
        _, text = self.post(f"<packet>{operators}</packet>".encode())
        answer = ElementTree.fromstring(text)
        if answer.find("system") is not None:
            raise ApiError(answer.find("system"))
        return answer

    def results(self, operators):
        """Returns all results; the first error is raised."""
        results = self.packet(operators).findall(".//result")
        for result in results:
            if result.findtext("status") == "error":
                raise ApiError(result)
        return results

    def result(self, operators):
        return self.results(operators)[0]


def add_webspace(client, name, more="", setup=""):
    added = client.result(f"<webspace><add><gen_setup><name>{name}</name>{setup}</gen_setup>{more}</add></webspace>")
    return int(added.findtext("id"))


def add_customer(client, login, more=""):
    added = client.result(
        f"<customer><add><gen_info><pname>Customer {login}</pname><login>{login}</login>"
        f"<passwd>simple-Pa55word</passwd>{more}</gen_info></add></customer>"
    )
    return int(added.findtext("id"))


def add_reseller(client, login):
    added = client.result(
        f"<reseller><add><gen-info><pname>Reseller {login}</pname><login>{login}</login>"
        f"<passwd>simple-Pa55word</passwd></gen-info></add></reseller>"
    )
    return int(added.findtext("id"))
