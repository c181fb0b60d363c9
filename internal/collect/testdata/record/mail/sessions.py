"""Hold known IMAP, POP3 and ManageSieve sessions with the Dovecot of the recording, and
write down the bytes that passed each socket.

usage: sessions.py FILE"""

import base64
import datetime
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import note
from wire import Tls, Wire

HOST, HOME = "192.0.2.25", "198.51.100.7"
sessions = []


class Session:
    """A session that is noted when it ends. Bytes are counted from the outside: in is what
    the client sent. Those after the login begin with the reply to it."""

    def __init__(self, name, protocol, port, user, tls=False):
        self.about = {"name": name, "protocol": protocol, "user": user, "tls": tls}
        self.wire = Wire((HOST, port), HOME)
        if tls:
            self.wire = Tls(self.wire)
        self.start = None

    def logged_in(self, before):
        """The login has succeeded; before it the session had received that many bytes."""
        self.start = self.wire.sent, before

    def end(self):
        self.wire.rest()
        self.cut()

    def cut(self):
        """Close without a word."""
        self.wire.close()
        wire = self.wire
        network = wire.wire if self.about["tls"] else wire
        start = self.start or (wire.sent, wire.received)
        sessions.append(self.about | {
            "logged_in": bool(self.start), "in": wire.sent - start[0], "out": wire.received - start[1],
            "whole": {"in": wire.sent, "out": wire.received},
            "network": {"in": network.sent, "out": network.received}})


class Imap(Session):
    def __init__(self, name, user, tls=False, password="secret"):
        super().__init__(name, "imap", 993 if tls else 143, user, tls)
        self.wire.line()
        if user:
            before = self.wire.received
            if " OK " in self.command(f"LOGIN {user} {password}"):
                self.logged_in(before)

    def command(self, text, literal=None, until="x "):
        self.wire.send(b"x " + text.encode() + b"\r\n")
        if literal is not None:
            self.wire.line()
            self.wire.send(literal + b"\r\n")
        while not (line := self.wire.line().decode("utf-8", "replace")).startswith(until):
            if line.endswith("}"):
                self.wire.exactly(int(line[line.rindex("{") + 1:-1]))
        return line

    def logout(self):
        self.command("LOGOUT")
        self.end()


class Pop3(Session):
    def __init__(self, name, user, tls=False, password="secret"):
        super().__init__(name, "pop3", 995 if tls else 110, user, tls)
        self.wire.line()
        self.command("USER " + user)
        before = self.wire.received
        if self.command("PASS " + password).startswith("+OK"):
            self.logged_in(before)

    def command(self, text, lines=False):
        self.wire.send(text.encode() + b"\r\n")
        first = self.wire.line().decode()
        while lines and first.startswith("+OK") and self.wire.line() != b".":
            pass
        return first

    def quit(self):
        self.command("QUIT")
        self.end()


def imap():
    session = Imap("reading headers", "anna@example.com")
    session.command('LIST "" "*"')
    session.command("SELECT INBOX")
    session.command("FETCH 1:* (FLAGS BODY.PEEK[HEADER])")
    session.logout()

    session = Imap("reading everything", "anna@example.com")
    session.command("SELECT INBOX")
    session.command("FETCH 1:* BODY[]")
    session.logout()

    session = Imap("keeping a copy", "anna@example.com")
    draft = b"Subject: copy\r\n\r\n" + b"y" * 20000
    session.command("APPEND INBOX {%d}" % len(draft), draft)
    session.logout()

    session = Imap("inside TLS", "dora@example.net", tls=True)
    session.command("SELECT INBOX")
    session.logout()

    session = Imap("IDLE", "till@shop.example.com")
    session.command("SELECT INBOX")
    session.command("IDLE", until="+ ")
    session.wire.send(b"DONE\r\n")
    session.command("NOOP")
    session.logout()

    session = Imap("gone without logout", "bert@example.com")
    session.command("SELECT INBOX")
    session.cut()

    session = Imap("keeping a large copy", "frida@example.org")
    session.command("APPEND INBOX {3000000}", b"Subject: large\r\n\r\n".ljust(3_000_000, b"z"))
    session.logout()

    # Alone in its domain: what Dovecot wrote into the socket's buffers nobody outside can count.
    session = Imap("gone amid a download", "frida@example.org")
    session.command("SELECT INBOX")
    session.wire.send(b"x FETCH 1:* BODY[]\r\n")
    session.wire.exactly(100_000)
    session.cut()

    session = Imap("thrown out", "carla@example.net")
    session.command("SELECT INBOX")
    doveadm = ["doveadm", "-c", "/srv/record/dovecot.conf"]
    subprocess.run([*doveadm, "kick", "carla@example.net"], check=True, capture_output=True)
    session.end()

    session = Imap("deleting", "bert@example.com")
    session.command("SELECT INBOX")
    session.command(r"STORE 1 +FLAGS (\Deleted)")
    session.command("EXPUNGE")
    session.logout()

    Imap("user without a domain", "web1").logout()
    Imap("capitals", "Anna@Example.COM", password="secret").cut()
    Imap("wrong password", "anna@example.com", password="wrong").cut()
    Imap("no login", None).cut()


def pop3():
    session = Pop3("reading", "anna@example.com")
    session.command("STAT")
    session.command("UIDL", lines=True)
    session.command("RETR 1", lines=True)
    session.command("RETR 2", lines=True)
    session.command("TOP 3 5", lines=True)
    session.quit()

    session = Pop3("reading and deleting", "bert@example.com")
    session.command("LIST", lines=True)
    session.command("RETR 1", lines=True)
    session.command("DELE 1")
    session.quit()

    session = Pop3("inside TLS", "till@shop.example.com", tls=True)
    session.command("RETR 1", lines=True)
    session.quit()

    session = Pop3("gone without quit", "anna@example.com")
    session.command("RETR 1", lines=True)
    session.cut()

    Pop3("empty mailbox", "dora@example.net").quit()
    Pop3("wrong password", "dora@example.net", password="wrong").cut()


def managesieve():
    session = Session("scripts", "managesieve", 4190, "anna@example.com")
    until(session, "OK")
    before = session.wire.received
    session.wire.send(b'AUTHENTICATE "PLAIN" "' + base64.b64encode(b"\0anna@example.com\0secret") + b'"\r\n')
    until(session, "OK")
    session.logged_in(before)
    session.wire.send(b"LISTSCRIPTS\r\n")
    until(session, "OK")
    session.wire.send(b"LOGOUT\r\n")
    session.end()


def until(session, word):
    while not session.wire.line().decode().startswith(word):
        pass


def domains():
    """The bytes after the login of IMAP and POP3, by the users' domains."""
    sums = {}
    for session in sessions:
        if session["logged_in"] and session["protocol"] != "managesieve":
            domain = (session["user"].lower().split("@") + [""])[1]
            one = sums.setdefault(domain, {name: {"sessions": 0, "in": 0, "out": 0} for name in ("imap", "pop3")})[session["protocol"]]
            one["sessions"] += 1
            one["in"] += session["in"]
            one["out"] += session["out"]
    return dict(sorted(sums.items()))


imap()
pop3()
managesieve()
note.write(sys.argv[1], day=str(datetime.date.today()), domains=domains(), sessions=sessions)
