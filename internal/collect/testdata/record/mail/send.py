"""Send known mail through the Postfix of the recording, and write down what was sent.

usage: send.py NOTES SENT
NOTES is what smtpserver.py writes, SENT the file to write (sent.json)."""

import base64
import datetime
import email
import email.policy
import email.utils
import json
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import note
from wire import Tls, Wire

SMTP, SCANNED, SUBMISSION, SMTPS = ("192.0.2.25", 25), ("192.0.2.26", 2525), ("192.0.2.25", 587), ("192.0.2.25", 465)
HOME, OFFICE, FOREIGN = "198.51.100.7", "198.51.100.8", "203.0.113.25"
HOST_FOLDER = pathlib.Path("/srv/record")
messages = []


def text(name, sender, size=600, line=72, eight_bit=False):
    """A message of about that many bytes, ends of lines as SMTP has them."""
    head = (f"From: <{sender}>\r\nTo: undisclosed-recipients:;\r\nSubject: {name}\r\n"
            f"Date: {email.utils.formatdate(localtime=True)}\r\nMessage-ID: <{len(messages)}@client.example>\r\n\r\n")
    row = ("ü" if eight_bit else "x") * line + "\r\n.a line with a dot\r\n"
    body = row * max(1, (size - len(head)) // len(row))
    return (head + body).encode()


def dialogue(wire, *commands):
    """Send commands one by one; the code and text of each reply."""
    replies = []
    for command in commands:
        if command is not None:
            wire.send(command if isinstance(command, bytes) else command.encode() + b"\r\n")
        while (line := wire.line().decode())[3:4] == "-":
            pass
        replies.append(line)
    return replies


def connect(server, source, user=None):
    """An SMTP session after EHLO, and after STARTTLS and AUTH where it is a submission."""
    wire = Wire(server, source)
    if server == SMTPS:
        wire = Tls(wire)
    dialogue(wire, None, "EHLO [" + source + "]")
    if server == SUBMISSION:
        dialogue(wire, "STARTTLS")
        wire = Tls(wire)
        dialogue(wire, "EHLO [" + source + "]")
    if user:
        secret = base64.b64encode(f"\0{user}\0secret".encode()).decode()
        dialogue(wire, "AUTH PLAIN " + secret)
    return wire


def carried(wire, before=(0, 0)):
    return {"sent": wire.sent - before[0], "received": wire.received - before[1]}


def sent(name, via, sender, deliveries, message, replies, wire=None, client=None, user=None):
    """Note a message. DELIVERIES says, for each recipient as given, what becomes of it:
    a list of (final address, how it is delivered, fate). WIRE is what the network carried."""
    accepted = re.search(r"queued as (\w+)", replies[-1])
    if via != "sendmail" and bool(accepted) != any(one[2] != "refused" for what in deliveries.values() for one in what):
        sys.exit(f"{name}: {replies}")
    messages.append({
        "name": name, "via": via, "client": client, "sasl_user": user, "from": sender,
        "size": len(message), "queue_id": accepted[1] if accepted else None, "replies": replies,
        "wire": wire,
        "recipients": [{"address": address, "deliveries": [dict(zip(("to", "by", "fate"), one)) for one in what]}
                       for address, what in deliveries.items()],
    })


def deliver(name, sender, deliveries, server=SMTP, client=HOME, user=None, options="", wire=None, rcpt="", **shape):
    """Send one message by SMTP, in a session of its own unless one is given."""
    message = text(name, sender, **shape)
    own = wire or connect(server, client, user)
    before = own.sent, own.received
    replies = dialogue(own, f"MAIL FROM:<{sender}>" + options, *(f"RCPT TO:<{address}>{rcpt}" for address in deliveries), "DATA")
    if replies[-1].startswith("354"):
        replies += dialogue(own, re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
    else:
        dialogue(own, "RSET")
    via = {SMTP: "smtp", SCANNED: "smtp, content filter", SUBMISSION: "submission", SMTPS: "smtps"}[server]
    sent(name, via, sender, deliveries, message, replies, carried(own, before), client, user)
    if not wire:
        dialogue(own, "QUIT")
        own.close()


def sendmail(name, account, sender, deliveries, *options):
    """Hand a message to sendmail(1) as a local user; its lines end as Unix's do."""
    message = text(name, sender or "web1").replace(b"\r\n", b"\n")
    command = ["sendmail", "-i", *(["-f", sender] if sender is not None else []), *options, *deliveries]
    subprocess.run(["runuser", "-u", account, "--", *command], input=message, check=True, cwd="/", stdout=subprocess.DEVNULL)
    sent(name, "sendmail", sender or account + "@mx1.host.example", deliveries, message, [""])


def lmtp(address, to=None):
    return {address: [(to or address, "lmtp", "sent")]}


def virtual(address, to=None):
    return {address: [(to or address, "virtual", "sent")]}


def pipe(address, to=None):
    return {address: [(to or address, "plesk_virtual", "sent")]}


def abroad(address, fate="sent"):
    return {address: [(address, "smtp", fate)]}


def settle(waiting=0):
    """Wait until the queue holds only that many messages, all of them tried and none being handled."""
    for _ in range(300):
        listing = subprocess.run(["postqueue", "-j"], capture_output=True, text=True, check=True).stdout.splitlines()
        queued = [json.loads(line) for line in listing]
        if len(queued) == waiting and all(one["queue_name"] in ("deferred", "hold") for one in queued):
            return queued
        time.sleep(0.1)
    sys.exit("the queue does not settle:\n" + "\n".join(listing))


def arriving():
    deliver("plain in", "friend@foreign.example", lmtp("anna@example.com"), client=FOREIGN)
    deliver("one domain, two recipients", "friend@foreign.example", lmtp("anna@example.com") | lmtp("bert@example.com"), client=FOREIGN)
    deliver("three domains", "friend@foreign.example",
            lmtp("anna@example.com") | virtual("carla@example.net") | pipe("emil@example.org") | pipe("frida@example.org"), client=FOREIGN)
    deliver("subdomain", "friend@foreign.example", lmtp("till@shop.example.com"), client=FOREIGN)
    deliver("alias domain", "friend@foreign.example", lmtp("anna@alias.example", "anna@example.com"), client=FOREIGN)
    deliver("alias to two domains", "friend@foreign.example",
            {"sales@example.net": [("anna@example.com", "lmtp", "sent"), ("emil@example.org", "plesk_virtual", "sent")]}, client=FOREIGN)
    deliver("virtual alias abroad", "friend@foreign.example", {"abroad@example.net": [("friend@foreign.example", "smtp", "sent")]}, client=FOREIGN)
    deliver("address extension", "friend@foreign.example", lmtp("anna+news@example.com"), client=FOREIGN)
    deliver("capitals", "Friend@Foreign.Example", lmtp("Anna@Example.COM"), client=FOREIGN)
    deliver("null sender", "", virtual("dora@example.net"), client=FOREIGN)
    deliver("quoted local parts", '"a, b> c=<d>"@foreign.example', lmtp('"anna meier"@example.com'), client=FOREIGN)
    deliver("announced size, 8BITMIME", "friend@foreign.example", virtual("carla@example.net"), options=" SIZE=900 BODY=8BITMIME", client=FOREIGN, eight_bit=True)
    deliver("SMTPUTF8", "jürgen@foreign.example", virtual("jörg@müller.example"), options=" SMTPUTF8 BODY=8BITMIME", client=FOREIGN)
    deliver("long lines", "friend@foreign.example", lmtp("bert@example.com"), client=FOREIGN, size=9000, line=900)
    deliver("very long lines", "friend@foreign.example", lmtp("bert@example.com"), client=FOREIGN, size=50000, line=9000)
    deliver("large", "friend@foreign.example", lmtp("anna@example.com"), client=FOREIGN, size=3_000_000)
    deliver("some recipients refused", "friend@foreign.example",
            {"nobody@example.com": [("nobody@example.com", "", "refused")]} | virtual("dora@example.net"), client=FOREIGN)
    deliver("all recipients refused", "friend@foreign.example", {"nobody@example.net": [("nobody@example.net", "", "refused")]}, client=FOREIGN)
    deliver("relay denied", "friend@foreign.example", {"x@elsewhere.example": [("x@elsewhere.example", "", "refused")]}, client=FOREIGN)
    wire = connect(SMTP, FOREIGN)
    for number in (1, 2, 3):
        deliver(f"one session, message {number}", "list@foreign.example", virtual("carla@example.net"), wire=wire, client=FOREIGN, size=2000 * number)
    dialogue(wire, "QUIT")
    broken_off()


def broken_off():
    """A client that goes away in the middle of a message, and one that sends too much."""
    wire = connect(SMTP, FOREIGN)
    replies = dialogue(wire, "MAIL FROM:<friend@foreign.example>", "RCPT TO:<anna@example.com>", "DATA")
    part = text("broken off", "friend@foreign.example", size=5000)
    wire.send(part)
    wire.close()
    sent("broken off", "smtp", "friend@foreign.example", {"anna@example.com": [("anna@example.com", "", "refused")]}, part, replies, carried(wire), FOREIGN)
    wire = connect(SMTP, FOREIGN)
    replies = dialogue(wire, "MAIL FROM:<friend@foreign.example> SIZE=99000000")
    wire.close()
    sent("too large by its announcement", "smtp", "friend@foreign.example", {}, b"", replies, carried(wire), FOREIGN)


def submitted():
    anna, dora = "anna@example.com", "dora@example.net"
    deliver("submitted abroad", anna, abroad("friend@foreign.example"), SUBMISSION, user=anna)
    deliver("submitted to two abroad", anna, abroad("friend@foreign.example") | abroad("other@foreign.example"), SUBMISSION, user=anna)
    deliver("submitted to a neighbour", anna, virtual("carla@example.net"), SUBMISSION, user=anna)
    deliver("submitted to all kinds", dora, lmtp("bert@example.com") | virtual("carla@example.net") | pipe("emil@example.org") | abroad("friend@foreign.example"), SMTPS, user=dora)
    deliver("submitted, another sender", "till@shop.example.com", abroad("friend@foreign.example"), SMTPS, user=dora)
    deliver("submitted, large", anna, abroad("friend@foreign.example"), SUBMISSION, user=anna, size=2_000_000)
    deliver("submitted, status wanted", anna, abroad("friend@foreign.example"), SUBMISSION, user=anna, rcpt=" NOTIFY=SUCCESS,FAILURE")
    sendmail("from a script", "web1", "shop@example.com", abroad("friend@foreign.example"))
    sendmail("from a script, its own name", "web1", None, virtual("carla@example.net"))
    wire = connect(SUBMISSION, HOME)
    replies = dialogue(wire, "AUTH PLAIN " + base64.b64encode(b"\0anna@example.com\0wrong").decode(), "QUIT")
    sent("wrong password", "submission", None, {}, b"", replies, carried(wire), HOME)


def failing():
    anna = "anna@example.com"
    deliver("unknown abroad", anna, abroad("nobody@foreign.example", "bounced"), SUBMISSION, user=anna)
    deliver("half unknown abroad", anna, abroad("friend@foreign.example") | abroad("nobody@foreign.example", "bounced"), SUBMISSION, user=anna)
    deliver("mailbox full abroad", anna, abroad("full@foreign.example", "bounced"), SUBMISSION, user=anna)
    deliver("bounce of nobody's", "", abroad("nobody@foreign.example", "bounced"), SUBMISSION, user=anna)
    settle()


def forwarded():
    here = "@mx1.host.example"
    deliver("local delivery", "friend@foreign.example", {"web2" + here: [("web2" + here, "local", "sent")]}, client=FOREIGN)
    deliver(".forward abroad and a copy", "friend@foreign.example",
            {"web1" + here: [("web1" + here, "local", "forwarded"), ("friend@foreign.example", "smtp", "sent"), ("web1" + here, "local", "sent")]}, client=FOREIGN)
    deliver("alias of local(8) abroad", "friend@foreign.example",
            {"abroad" + here: [("abroad" + here, "local", "forwarded"), ("friend@foreign.example", "smtp", "sent")]}, client=FOREIGN)
    deliver("virtual alias to .forward", "friend@foreign.example",
            {"local@example.com": [("web1" + here, "local", "forwarded"), ("friend@foreign.example", "smtp", "sent"), ("web1" + here, "local", "sent")]}, client=FOREIGN)
    deliver("alias to a command", "friend@foreign.example", {"lists" + here: [("lists" + here, "local", "sent")]}, client=FOREIGN)
    settle()


def scanned():
    deliver("scanned in", "friend@foreign.example", lmtp("anna@example.com"), SCANNED, FOREIGN)
    deliver("scanned in, two domains", "friend@foreign.example", lmtp("anna@example.com") | virtual("carla@example.net"), SCANNED, FOREIGN)
    deliver("scanned out", "bert@example.com", abroad("friend@foreign.example") | abroad("other@foreign.example"), SCANNED, OFFICE)
    deliver("scanned alias domain", "friend@foreign.example", lmtp("anna@alias.example", "anna@example.com"), SCANNED, FOREIGN)
    settle()


def deferred():
    anna = "anna@example.com"
    deliver("deferred, then delivered", anna, abroad("slow@foreign.example"), SUBMISSION, user=anna)
    deliver("half deferred", "dora@example.net", abroad("friend@foreign.example") | abroad("slow@foreign.example"), SUBMISSION, user="dora@example.net")
    deliver("refused connection", "bert@example.com", abroad("x@closed.example", "deferred"), SUBMISSION, user=anna)
    settle(3)
    subprocess.run(["postqueue", "-f"], check=True)
    queued = settle(1)
    subprocess.run(["postsuper", "-d", queued[0]["queue_id"]], check=True, capture_output=True)
    settle()
    requeued()


def requeued():
    """postsuper -r: the same message under another queue id, when one recipient has it already."""
    deliver("half delivered, requeued", "frida@example.org", abroad("friend@foreign.example") | abroad("slow@foreign.example"), SUBMISSION, user="anna@example.com")
    queued = settle(1)
    subprocess.run(["postsuper", "-r", queued[0]["queue_id"]], check=True, capture_output=True)
    settle()


def probed():
    """sendmail -bv: delivery is tried without a message, the report comes by mail."""
    sendmail("probe", "web2", "anna@example.com", {"carla@example.net": [("carla@example.net", "virtual", "deliverable")]}, "-bv")
    settle()


def expired():
    """With a short life of the queue: a delayed message's sender is told, then it comes back."""
    deliver("expired", "dora@example.net", abroad("never@foreign.example", "expired"), SUBMISSION, user="dora@example.net")
    settle(1)
    subprocess.run(["postconf", "maximal_queue_lifetime=1s"], check=True)
    subprocess.run(["postfix", "reload"], check=True, capture_output=True)
    time.sleep(1)
    subprocess.run(["postqueue", "-f"], check=True)
    settle()


def domains(stored):
    """What the rules of counting make of it, in messages and bytes as handed over: each recipient
    delivered, for its domain as given; each message from a domain, once, when a recipient was done;
    and apart from these, the notices that Postfix made and delivered."""
    sums = {}

    def add(address, direction, size):
        one = sums.setdefault(address.split("@")[-1].lower(), {way: {"messages": 0, "bytes": 0} for way in ("in", "out", "notices")})
        one[direction]["messages"] += 1
        one[direction]["bytes"] += size

    for message in messages:
        fates = [(recipient["address"], delivery["fate"]) for recipient in message["recipients"] for delivery in recipient["deliveries"]]
        for address, fate in fates:
            if fate == "sent":
                add(address, "in", message["size"])
        if "@" in (message["from"] or "") and any(fate in ("sent", "bounced", "expired", "forwarded") for _, fate in fates):
            add(message["from"], "out", message["size"])
    for message in stored:
        if message["notice_to"]:
            add(message["notice_to"], "notices", message["size"])
    return dict(sorted(sums.items()))


def mailboxes():
    """Every message that lies in a mailbox of this host, with its bytes when its lines end as in
    SMTP, and to whom it is where Postfix made it: a notice of failure or success."""
    found = []
    for pattern in ("mail/**/new/*", "mail/piped/*", "home/*/Maildir/new/*"):
        for path in sorted(HOST_FOLDER.glob(pattern)):
            message = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            head = email.message_from_bytes(message, policy=email.policy.SMTPUTF8)
            found.append({"mailbox": str(path.relative_to(HOST_FOLDER)).rsplit("/new/")[0], "subject": head["Subject"],
                          "notice_to": head["To"] if head["Auto-Submitted"] == "auto-replied" else None, "size": len(message)})
    return found


for part in (arriving, settle, submitted, settle, failing, forwarded, scanned, deferred, probed, expired):
    part()
stored = mailboxes()
received = [json.loads(line) for line in open(sys.argv[1])]
note.write(sys.argv[2], day=str(datetime.date.today()), domains=domains(stored), messages=messages,
           received_by_others=received, mailboxes=stored)
