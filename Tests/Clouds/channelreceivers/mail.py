"""A mail server: TLS from the first byte, by STARTTLS, or not at all; AUTH PLAIN or LOGIN, after TLS alone."""

import base64
import socket
import ssl
import threading

USER, PASSWORD = "watch", "m4il-s3cret"


class Session:
    def __init__(self, connection, mode, context, state):
        self.connection, self.mode, self.context, self.state = connection, mode, context, state
        self.secure = mode == "smtps"
        self.user, self.sender, self.to = None, None, []
        self.file = connection.makefile("rb")

    def say(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def run(self):
        self.say("220 test ESMTP")
        while line := self.file.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            verb = text.split(" ")[0].upper()
            if verb == "QUIT":
                self.say("221 2.0.0 Bye")
                return
            self.step(verb, text)

    def step(self, verb, text):
        if verb == "EHLO":
            offers = ["test"] + (["AUTH PLAIN LOGIN"] if self.secure else [])
            offers += ["STARTTLS"] if self.mode == "starttls" and not self.secure else []
            for index, offer in enumerate(offers):
                self.say(f"250{' ' if index == len(offers) - 1 else '-'}{offer}")
        elif verb == "STARTTLS" and self.mode == "starttls" and not self.secure:
            self.say("220 go ahead")
            self.connection = self.context.wrap_socket(self.connection, server_side=True)
            self.file = self.connection.makefile("rb")
            self.secure = True
        elif verb == "AUTH":
            self.login(text)
        elif verb == "MAIL":
            if not self.secure or self.user is None:
                self.say("530 5.7.0 authentication required")
                return
            self.sender, self.to = text[len("MAIL FROM:"):], []
            self.say("250 2.1.0 ok")
        elif verb == "RCPT":
            if "<nobody@" in text:
                self.say("550 5.1.1 no such user")
            else:
                self.to.append(text[len("RCPT TO:"):])
                self.say("250 2.1.5 ok")
        elif verb == "DATA":
            self.data()
        else:
            self.say("502 5.5.1 not known")

    def login(self, text):
        words = text.split(" ")
        if not self.secure:
            self.say("530 5.7.0 must issue STARTTLS first")
            return
        if words[1].upper() == "PLAIN":
            if len(words) < 3:
                self.say("334 ")
                words.append(self.file.readline().decode().strip())
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            self.say("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.file.readline()).decode()
            self.say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.file.readline()).decode()
        if (user, password) == (USER, PASSWORD):
            self.user = user
            self.say("235 2.7.0 accepted")
        else:
            self.say(f"535 5.7.8 no: {password}")

    def data(self):
        self.say("354 go on")
        lines = []
        while (line := self.file.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        with self.state.lock:
            self.state.mails.append({"from": self.sender, "to": self.to, "text": b"".join(lines).decode()})
            count = len(self.state.mails)
        self.say(f"250 2.0.0 Ok: queued as Q{count}")


def serve(mode, certificate, key, state):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def attend(connection):
        try:
            if mode == "smtps":
                connection = context.wrap_socket(connection, server_side=True)
            Session(connection, mode, context, state).run()
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def accept():
        while True:
            connection, _ = listener.accept()
            connection.settimeout(30)
            threading.Thread(target=attend, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]
