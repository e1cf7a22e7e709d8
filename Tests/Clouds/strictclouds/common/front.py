"""One listener on loopback per service of a cloud, and the ways in which they fail on demand."""

import gzip
import json
import socket
import struct
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .moments import rfc1123
from .wire import Request


class Front(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, service, cloud, control, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.service, self.cloud, self.control = service, cloud, control
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}"

    def start(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that hangs up is its own business."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def any_method(self):
        body = self.read_body()
        if self.path.startswith("/_control"):
            return self.control(body)
        request = Request(self.server.service, self.command, self.path, self.headers, body)
        answer = self.server.cloud.answer(request)
        if answer.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
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
        status, value = self.server.control.answer(self.command, self.path, body)
        raw = json.dumps(value).encode()
        self.wfile.write(f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n"
                         f"Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
        self.wfile.flush()
        self.server.control.answered()

    def send(self, answer):
        body = b"" if self.command == "HEAD" or answer.status in (204, 304) else answer.body
        broken = answer.cut_to is not None or answer.promise is not None or answer.drip_ms
        zipped = self.server.cloud.zips and not broken and "gzip" in self.headers.get("Accept-Encoding", "") and body
        if zipped:
            body = gzip.compress(body, mtime=0)
        length = len(body) if answer.promise is None else answer.promise
        chunked = self.server.cloud.chunks and body and not broken
        cloud = self.server.cloud
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Unknown',))[0]}",
                 f"Date: {rfc1123(cloud.now() + cloud.skew)}",
                 "Transfer-Encoding: chunked" if chunked else f"Content-Length: {length}"]
        lines += ["Content-Encoding: gzip"] if zipped else []
        lines += [f"{n}: {v}" for n, v in answer.headers]
        if broken:
            lines.append("Connection: close")
            self.close_connection = True
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
        if answer.cut_to is not None:
            body = body[:answer.cut_to]
        if chunked:
            half = max(1, len(body) // 2)
            parts = [p for p in (body[:half], body[half:]) if p]
            body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
        if not answer.drip_ms:
            self.wfile.write(head + body)
            return
        self.wfile.write(head)
        for i in range(len(body)):
            self.wfile.write(body[i:i + 1])
            time.sleep(answer.drip_ms / 1000)
