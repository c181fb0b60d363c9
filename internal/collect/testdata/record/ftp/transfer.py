"""Send and fetch known files by FTP, and write down their bytes on the data connections.

usage: transfer.py FILE SERVER"""

import datetime
import pathlib
import re
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import note
from wire import Wire

SERVER, HOME = "192.0.2.25", "198.51.100.7"
DOMAINS = {"site1": "example.com", "site2": "example.net", "site3": "example.org", "ftp@example.net": "example.net"}
transfers = []


class Ftp:
    """A session on the control connection."""

    def __init__(self, user, password="secret"):
        self.user = user
        self.wire = Wire((SERVER, 21), HOME)
        self.answer()
        self.command("USER " + user)
        self.command("PASS " + password)
        self.command("TYPE I")

    def answer(self):
        while (line := self.wire.line().decode())[3:4] == "-" or line[:1] == " ":
            pass
        return line

    def command(self, text):
        self.wire.send(text.encode() + b"\r\n")
        return self.answer()

    def data(self, command):
        """A data connection for a command that has begun."""
        numbers = re.search(r"\((.*)\)", self.command("PASV"))[1].split(",")
        wire = Wire((SERVER, int(numbers[4]) * 256 + int(numbers[5])), HOME)
        self.begun = self.command(command)
        return wire

    def store(self, name, path, content, verb="STOR"):
        wire = self.data(f"{verb} {path}")
        wire.send(content)
        wire.close()
        self.note(name, "in", path, wire.sent, self.answer())

    def fetch(self, name, path):
        wire = self.data("RETR " + path)
        wire.rest()
        wire.close()
        self.note(name, "out", path, wire.received, self.answer())

    def note(self, name, direction, path, size, reply, complete=True):
        if complete and not reply.startswith("226"):
            sys.exit(f"{name}: {reply}")
        transfers.append({"name": name, "user": self.user, "domain": DOMAINS[self.user], "direction": direction,
                          "path": path, "bytes": size, "complete": complete, "reply": reply})

    def quit(self):
        self.command("QUIT")
        self.wire.close()


def site1():
    ftp = Ftp("site1")
    ftp.command("CWD httpdocs")
    ftp.store("upload", "index.html", b"i" * 5000)
    ftp.store("upload again", "index.html", b"i" * 7000)
    ftp.store("file name with blanks", "my holiday photo.jpg", b"p" * 60_000)
    ftp.store("file name beyond ASCII", "grüße.txt", b"g" * 100)
    ftp.store("file name like the line's end", "x b _ i r nobody ftp 0 * c", b"x" * 300)
    ftp.store("file name with quotes and brackets", '"a" [b] (c).txt', b"q" * 400)
    ftp.store("empty", "empty.txt", b"")
    ftp.store("large", "backup.tar", b"t" * 3_000_000)
    ftp.store("append", "index.html", b"a" * 1000, "APPE")
    ftp.fetch("download", "index.html")
    ftp.fetch("download, blanks", "my holiday photo.jpg")
    ftp.command("REST 2000000")
    ftp.fetch("download, resumed", "backup.tar")
    ftp.command("REST 2500000")
    ftp.store("upload, resumed", "backup.tar", b"r" * 700_000)
    ftp.command("TYPE A")
    ftp.store("upload as text", "lines.txt", b"line\r\n" * 1000)
    ftp.fetch("download as text", "lines.txt")
    ftp.command("TYPE I")
    listing = ftp.data("LIST")
    listing.rest()
    listing.close()
    ftp.answer()
    ftp.command("RETR nothing-there")
    ftp.command("MKD new")
    ftp.command("RNFR empty.txt")
    ftp.command("RNTO renamed.txt")
    ftp.command("DELE index.html")
    ftp.quit()


def site2():
    ftp = Ftp("site2")
    ftp.store("another site's upload", "httpdocs/a.html", b"a" * 4000)
    ftp.fetch("another site's download", "httpdocs/a.html")
    ftp.fetch("by its whole path", "/httpdocs/a.html" if sys.argv[2] == "proftpd" else "/var/www/vhosts/example.net/httpdocs/a.html")
    ftp.quit()
    Ftp("site2", "wrong").quit()
    if sys.argv[2] == "proftpd":
        ftp = Ftp("ftp@example.net")
        ftp.store("user with a domain", "httpdocs/b.html", b"b" * 2500)
        ftp.quit()


def broken_off():
    """Transfers that do not come to their end, all of one site: what a server wrote into
    the socket's buffers nobody outside can count."""
    ftp = Ftp("site3")
    ftp.store("for the download to be broken off", "huge.bin", b"h" * 20_000_000)
    wire = ftp.data("RETR huge.bin")
    wire.exactly(200_000)
    wire.close()
    ftp.note("download broken off", "out", "huge.bin", wire.received, ftp.answer(), complete=False)
    ftp.quit()

    ftp = Ftp("site3")
    wire = ftp.data("STOR half.bin")
    wire.send(b"h" * 30_000)
    ftp.wire.send(b"ABOR\r\n")
    wire.close()
    ftp.note("upload aborted", "in", "half.bin", wire.sent, ftp.answer(), complete=False)
    ftp.quit()

    ftp = Ftp("site3")
    wire = ftp.data("STOR gone.bin")
    wire.send(b"h" * 30_000)
    ftp.wire.socket.shutdown(socket.SHUT_RDWR)
    ftp.wire.close()
    wire.close()
    ftp.note("client gone amid an upload", "in", "gone.bin", wire.sent, "", complete=False)


def domains():
    sums = {}
    for transfer in transfers:
        if transfer["complete"]:
            one = sums.setdefault(transfer["domain"], {"in": 0, "out": 0, "transfers": 0})
            one[transfer["direction"]] += transfer["bytes"]
            one["transfers"] += 1
    return sums


for part in (site1, site2, broken_off):
    part()
note.write(sys.argv[1], day=str(datetime.date.today()), domains=domains(), transfers=transfers)
