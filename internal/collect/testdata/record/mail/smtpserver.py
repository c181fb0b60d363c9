"""The other mail servers of the recordings: one abroad, and a content filter. They speak
just enough SMTP for Postfix, and note each message as they received it.

usage: smtpserver.py NOTES"""

import json
import re
import smtplib
import socketserver
import sys
import threading
import zlib

notes = open(sys.argv[1], "a", buffering=1)


class Server(socketserver.StreamRequestHandler):
    """One connection; the servers below say what becomes of recipients and messages."""

    name = ""
    extensions = ("SIZE 50000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "DSN")

    def handle(self):
        self.reply(f"220 {self.name} ESMTP")
        while line := self.rfile.readline():
            command = line.decode().rstrip("\r\n")
            verb = command.split()[0].upper()
            address = re.search(r"<(.*)>", command)
            if verb == "EHLO":
                for extension in (self.name, *self.extensions)[:-1]:
                    self.reply("250-" + extension)
                self.reply("250 " + self.extensions[-1])
            elif verb == "MAIL":
                self.sender, self.recipients = address[1], []
                self.reply("250 2.1.0 Ok")
            elif verb == "RCPT":
                answer = self.recipient(address[1])
                if answer.startswith("2"):
                    self.recipients.append(address[1])
                self.reply(answer)
            elif verb == "DATA":
                self.reply("354 go on" if self.recipients else "554 5.5.1 no valid recipients")
                if self.recipients:
                    self.reply(self.take(self.message()))
            elif verb == "QUIT":
                self.reply("221 2.0.0 Bye")
                return
            else:
                self.reply("250 2.0.0 Ok")

    def finish(self):
        try:
            super().finish()
        except ConnectionError:
            pass  # Postfix does not wait for the answer to its QUIT.

    def reply(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def message(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def take(self, message):
        answer = self.message_taken(message)
        notes.write(json.dumps({"server": self.name, "from": self.sender, "to": self.recipients,
                                "subject": re.search(rb"(?mi)^Subject: (.*?)\r?$", message)[1].decode(),
                                "size": len(message), "answer": answer}, ensure_ascii=False) + "\n")
        return answer


class Abroad(Server):
    name = "mail.foreign.example"
    slow = {}

    def recipient(self, address):
        user = address.split("@")[0]
        if user == "nobody":
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown in virtual mailbox table"
        if user == "never" or user == "slow" and self.sender not in self.slow:
            self.slow[self.sender] = True
            return f"451 4.7.1 <{address}>: Recipient address rejected: Greylisted, see http://postgrey.example/help"
        return "250 2.1.5 Ok"

    def message_taken(self, message):
        if any(address.startswith("full@") for address in self.recipients):
            return "552 5.2.2 mailbox is full, status=sent (250 it is not)"
        return f"250 2.0.0 Ok: queued as {zlib.crc32(message):08X}"


class Filter(Server):
    """Gives every message back to Postfix on port 10025, and answers as amavisd does."""

    name = "filter.host.example"
    extensions = ("XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT", *Server.extensions)

    def recipient(self, address):
        return "250 2.1.5 Ok"

    def message_taken(self, message):
        back = smtplib.SMTP("127.0.0.1", 10025, "filter.host.example")
        back.ehlo()
        back.mail(self.sender)
        for address in self.recipients:
            back.rcpt(address)
        code, text = back.data(b"X-Scanned: yes\r\n" + message)
        back.quit()
        return f"250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): {code} {text.decode()}"


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


abroad = Listener(("203.0.113.25", 25), Abroad)
threading.Thread(target=abroad.serve_forever, daemon=True).start()
Listener(("127.0.0.1", 10024), Filter).serve_forever()
