"""Sockets that count every byte they carry."""

import socket
import ssl


class Wire:
    """A connection, with the bytes sent and received so far."""

    def __init__(self, address, source=None, timeout=60):
        self.socket = socket.create_connection(address, timeout, (source, 0) if source else None)
        self.sent = self.received = 0
        self.pending = b""

    def send(self, data):
        self.socket.sendall(data)
        self.sent += len(data)

    def _receive(self):
        data = self.socket.recv(65536)
        self.received += len(data)
        return data

    def more(self):
        """Add what comes next to what is pending; False at the end."""
        data = self._receive()
        self.pending += data
        return bool(data)

    def line(self):
        """The next line without its end; what is left, at the end of the connection."""
        while b"\n" not in self.pending and self.more():
            pass
        line, _, self.pending = self.pending.partition(b"\n")
        return line.rstrip(b"\r")

    def exactly(self, size):
        while len(self.pending) < size:
            if not self.more():
                raise EOFError(f"{size - len(self.pending)} bytes are missing")
        data, self.pending = self.pending[:size], self.pending[size:]
        return data

    def rest(self):
        """Everything until the other side closes."""
        while self.more():
            pass
        data, self.pending = self.pending, b""
        return data

    def close(self):
        self.socket.close()


class Tls(Wire):
    """The same inside TLS, begun on an open connection: sent and received count what is
    inside, wire.sent and wire.received what passes the network."""

    def __init__(self, wire):
        self.wire = wire
        self.sent = self.received = 0
        self.pending = b""
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.tls = context.wrap_bio(self.incoming, self.outgoing)
        self._run(self.tls.do_handshake)

    def _run(self, step, *arguments):
        while True:
            try:
                result = step(*arguments)
                self._flush()
                return result
            except ssl.SSLWantReadError:
                self._flush()
                data = self.wire._receive()
                self.incoming.write(data) if data else self.incoming.write_eof()

    def _flush(self):
        if data := self.outgoing.read():
            self.wire.send(data)

    def send(self, data):
        self._run(self.tls.write, data)
        self.sent += len(data)

    def _receive(self):
        try:
            data = self._run(self.tls.read, 65536)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            data = b""
        self.received += len(data)
        return data

    def close(self):
        self.wire.close()
