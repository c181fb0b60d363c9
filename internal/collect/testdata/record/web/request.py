"""Send known requests to a web server of the recording, and write down the bytes on the socket.

usage: request.py FILE SERVER"""

import base64
import datetime
import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import note
from wire import Tls, Wire

SERVER, HOME = "192.0.2.25", "198.51.100.7"
UNNAMED = "default.host.example"
requests = []


def connect(tls=False, address=SERVER):
    wire = Wire((address, 443 if tls else 80), HOME if address == SERVER else None)
    return Tls(wire) if tls else wire


def head(method, path, host, version="1.1", **fields):
    """The bytes of a request's head; a field's name has _ for -."""
    lines = [f"{method} {path} HTTP/{version}"] + ([f"Host: {host}"] if host else [])
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def response(wire, method):
    """Read one response: its status, and the sizes of its head and its body as they came."""
    before = wire.received - len(wire.pending)
    status = wire.line().split(b" ")
    fields = {}
    while line := wire.line():
        name, _, value = line.partition(b": ")
        fields[name.lower()] = value
    if status[1:2] == [b"100"]:
        return response(wire, method)
    size = wire.received - len(wire.pending) - before
    if method == "HEAD" or status[1] in (b"204", b"304"):
        body = 0
    elif fields.get(b"transfer-encoding") == b"chunked":
        body = chunked(wire)
    elif b"content-length" in fields:
        body = len(wire.exactly(int(fields[b"content-length"])))
    else:
        body = len(wire.rest())
    return int(status[1]), size, body


def chunked(wire):
    """Read a body in chunks: its bytes with those that mark the chunks."""
    total = 0
    while True:
        line = wire.line()
        size = int(line, 16)
        wire.exactly(size + 2)
        total += len(line) + 2 + size + 2
        if not size:
            return total


def noted(name, domain, status, wire, before, **more):
    """Note a request. One that the server could not read (400) is nobody's: it does not know the host."""
    network = wire.wire if isinstance(wire, Tls) else wire
    requests.append({"name": name, "domain": UNNAMED if status == 400 else domain, "status": status, "in": wire.sent - before[0],
                     "out": wire.received - len(wire.pending) - before[1], **more}
                    | ({"network": {"in": network.sent, "out": network.received}} if network is not wire else {}))


def ask(name, domain, data, method="GET", wire=None, **how):
    """One request and its answer, on a connection of its own unless one is given."""
    own = wire or connect(**how)
    before = own.sent, own.received - len(own.pending)
    own.send(data)
    status, size, body = response(own, method)
    noted(name, domain, status, own, before, head=size, body=body)
    if not wire:
        own.close()


def plain():
    com = "example.com"
    ask("page", com, head("GET", "/", com, Connection="close"))
    ask("another site", "example.net", head("GET", "/", "example.net", Connection="close"))
    ask("head only", com, head("HEAD", "/big.bin", com, Connection="close"), "HEAD")
    ask("compressed", com, head("GET", "/page.html", com, Accept_Encoding="gzip", Connection="close"))
    ask("not modified", com, head("GET", "/", com, If_Modified_Since="Sun, 01 Nov 2026 00:00:00 GMT", Connection="close"))
    ask("not found", com, head("GET", "/nothing", com, Connection="close"))
    ask("a part", com, head("GET", "/big.bin", com, Range="bytes=1000-2999", Connection="close"))
    ask("two parts", com, head("GET", "/big.bin", com, Range="bytes=0-99,5000-5099", Connection="close"))
    ask("large", com, head("GET", "/big.bin", com, Connection="close"))
    ask("www, capitals and port", com, head("GET", "/", "WWW.Example.COM:80", Connection="close"))
    ask("unknown host", UNNAMED, head("GET", "/", "nobody.example", Connection="close"))
    ask("HTTP/1.0 without host", UNNAMED, head("GET", "/", None, "1.0"))
    ask("address instead of host", com, head("GET", "http://example.com/", "other.example", Connection="close"))
    ask("IPv6 client", com, head("GET", "/", com, Connection="close"), address="::1")


def bodies():
    com = "example.com"
    form = b"a=" + b"b" * 4998
    length = len(form)
    fields = {"Content_Length": length, "Content_Type": "application/x-www-form-urlencoded", "Connection": "close"}
    ask("form", com, head("POST", "/form.html", com, **fields) + form, "POST")
    ask("form of another site", "example.net", head("POST", "/form.html", "example.net", **fields) + form, "POST")
    ask("upload", com, head("POST", "/form.html", com, Content_Length=1_000_000, Connection="close") + b"u" * 1_000_000, "POST")
    ask("body in chunks", com, head("POST", "/form.html", com, Transfer_Encoding="chunked", Connection="close")
        + b"1388\r\n" + form + b"\r\n0\r\n\r\n", "POST")
    ask("Expect: 100-continue", com, head("POST", "/form.html", com, Expect="100-continue", **fields) + form, "POST")


def one_connection():
    com = "example.com"
    wire = connect()
    for number in (1, 2, 3):
        ask(f"kept connection, {number}", com, head("GET", "/", com), wire=wire)
    wire.close()
    wire = connect()
    first, second = head("GET", "/page.html", com), head("GET", "/nothing", "example.net")
    wire.send(first + second)
    for name, domain, data in (("pipelined, 1", com, first), ("pipelined, 2", "example.net", second)):
        before = wire.sent - len(data), wire.received - len(wire.pending)
        status, size, body = response(wire, "GET")
        noted(name, domain, status, wire, before, head=size, body=body)
    wire.close()


def strange():
    com = "example.com"
    ask("quotes and backslashes", com, head("GET", '/?q="a b\\"', com, Referer='http://x.example/"<\\>', User_Agent='Agent "1.0" [\\x] \ttab', Connection="close")
        .replace(b'"a b', b'"a%20b'))
    ask("control character", com, head("GET", "/", com, User_Agent="one \x01", Connection="close"))
    ask("not ASCII", com, head("GET", "/café/ü?ö", com, Referer="http://x.example/ß", User_Agent="Ägent ✓", Connection="close"))
    ask("not even UTF-8", com, head("GET", "/latin", com, Connection="close").replace(b"latin", b"caf\xe9"))
    ask("blank in the address", com, head("GET", "/a b c", com, Connection="close"))
    ask("password wanted", com, head("GET", "/private/", com, Connection="close"))
    secret = base64.b64encode(b"anna b:secret").decode()
    ask("user with a blank", com, head("GET", "/private/", com, Authorization="Basic " + secret, Connection="close"))
    secret = base64.b64encode('an"na] [:wrong'.encode()).decode()
    ask("user with a quote", com, head("GET", "/private/", com, Authorization="Basic " + secret, Connection="close"))
    ask("no HTTP", UNNAMED, b"GARBAGE \"x\"\r\n\r\n")
    ask("TLS on the plain port", UNNAMED, bytes.fromhex("16030100680100006403037a") + b"\x00\xff\"\\" * 20 + b"\r\n\r\n")


def inside_tls():
    secure = "secure.example.com"
    ask("inside TLS", secure, head("GET", "/", secure, Connection="close"), tls=True)
    ask("inside TLS, large", secure, head("GET", "/big.bin", secure, Connection="close"), tls=True)


def broken_off():
    """Requests that do not come to their end have a domain for themselves: what a server
    wrote into the socket's buffers nobody outside can count."""
    org = "example.org"
    wire = connect()
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 20000)
    wire.send(head("GET", "/huge.bin", org))
    wire.exactly(300_000)
    wire.pending = b""
    wire.close()
    noted("download broken off", org, None, wire, (0, 0))

    wire = connect()
    wire.send(head("POST", "/form.html", org, Content_Length=50_000) + b"half" * 5000)
    wire.close()
    noted("upload broken off", org, None, wire, (0, 0))

    wire = connect()
    wire.send(b"GET / HTTP/1.1\r\nHost: exam")
    wire.close()
    noted("head broken off", UNNAMED, None, wire, (0, 0))

    connect().close()
    requests.append({"name": "no request", "domain": UNNAMED, "status": None, "in": 0, "out": 0})


def gone_before_the_answer():
    """nginx alone: it waits for a server behind it that never answers."""
    with socket.create_server(("127.0.0.1", 7999)) as silent:
        wire = connect()
        wire.send(head("GET", "/slow", "example.org"))
        behind, _ = silent.accept()
        wire.close()
        while behind.recv(1000):
            pass
        behind.close()
    noted("gone before the answer", "example.org", None, wire, (0, 0))


def domains():
    sums = {}
    for request in requests:
        one = sums.setdefault(request["domain"], {"requests": 0, "in": 0, "out": 0, "body": 0})
        one["requests"] += 1
        for count in ("in", "out", "body"):
            one[count] += request.get(count, 0)
    return dict(sorted(sums.items()))


parts = [plain, bodies, one_connection, strange, inside_tls, broken_off]
if sys.argv[2] == "nginx":
    parts.append(gone_before_the_answer)
for part in parts:
    part()
note.write(sys.argv[1], day=str(datetime.date.today()), domains=domains(), requests=requests)
