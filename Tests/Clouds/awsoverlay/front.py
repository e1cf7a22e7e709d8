"""The fronting HTTP/1.1 server on loopback, and the ways in which it fails on demand."""

import socket
import struct
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .control import Control


class Front(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, overlay, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.overlay = overlay
        self.control = Control(overlay, self.stop)

    def stop(self):
        import threading
        threading.Thread(target=self.shutdown, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that hangs up is its own business."""
        import sys
        import traceback
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError, OSError)):
            traceback.print_exc()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def any_method(self):
        body = self.read_body()
        if self.path.startswith("/_overlay"):
            return self.control(body)
        answer = self.server.overlay.answer(self.command, self.path, self.headers, body)
        if answer.reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()
        elif answer.hang:
            self.close_connection = True
            self.connection.settimeout(120)
            self.connection.recv(1)  # until the client gives up
        else:
            self.send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = any_method

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            parts = []
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def control(self, body):
        import json
        status, value = self.server.control.answer(self.command, self.path, body)
        raw = json.dumps(value).encode()
        self.wfile.write(f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n"
                         f"Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
        self.wfile.flush()
        self.server.control.answered()

    def send(self, answer):
        length = len(answer.body) if answer.promise is None else answer.promise
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Unknown',))[0]}",
                 f"Date: {formatdate(self.server.overlay.now(), usegmt=True)}"]
        if not (self.command == "HEAD" and answer.header("Content-Length")):
            lines.append(f"Content-Length: {length}")
        lines += [f"{n}: {v}" for n, v in answer.headers]
        broken = answer.cut_to is not None or answer.promise is not None
        if broken:
            lines.append("Connection: close")
            self.close_connection = True
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
        body = b"" if self.command == "HEAD" or answer.status in (204, 304) else answer.body
        if answer.cut_to is not None:
            body = body[:answer.cut_to]
        if not answer.drip_ms:
            self.wfile.write(head + body)
            return
        self.wfile.write(head)
        for i in range(len(body)):
            self.wfile.write(body[i:i + 1])
            time.sleep(answer.drip_ms / 1000)
