"""RS256 and PS256 checked by hand, keys made by the openssl program: no package needed."""

import base64
import hashlib
import json
import os
import subprocess
import tempfile

PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo of SHA-256, RFC 8017 9.2


def unpad(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def pad(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class KeyPair:
    """An RSA key of 2048 bits and a certificate that it signed itself."""

    def __init__(self, name):
        with tempfile.TemporaryDirectory() as folder:
            key, cert = os.path.join(folder, "k"), os.path.join(folder, "c")
            run = lambda *words: subprocess.run(words, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
            run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", f"/CN={name}",
                "-keyout", key, "-out", cert)
            with open(key, encoding="ascii") as file:
                self.private = file.read()  # PKCS#8 PEM
            with open(cert, encoding="ascii") as file:
                self.certificate = file.read()
            der = run("openssl", "x509", "-in", cert, "-outform", "DER")
            self.thumbs = {"x5t": pad(hashlib.sha1(der).digest()), "x5t#S256": pad(hashlib.sha256(der).digest())}
            text = run("openssl", "rsa", "-in", key, "-noout", "-modulus").decode()
            self.modulus = int(text.strip().partition("=")[2], 16)

    def signed(self, alg, message, signature):
        size = (self.modulus.bit_length() + 7) // 8
        if len(signature) != size or int.from_bytes(signature) >= self.modulus:
            return False
        block = pow(int.from_bytes(signature), 65537, self.modulus).to_bytes(size)
        digest = hashlib.sha256(message).digest()
        if alg == "RS256":
            tail = PREFIX + digest
            return block == b"\0\1" + b"\xff" * (size - len(tail) - 3) + b"\0" + tail
        return alg == "PS256" and pss(block, digest)


def pss(block, digest):
    """EMSA-PSS verification, RFC 8017 9.1.2, salt of 32 octets."""
    masked, seal = block[:-33], block[-33:-1]
    if block[-1] != 0xBC or masked[0] & 0x80:
        return False
    mask = b"".join(hashlib.sha256(seal + n.to_bytes(4)).digest() for n in range(len(masked) // 32 + 1))
    data = bytearray(a ^ b for a, b in zip(masked, mask))
    data[0] &= 0x7F
    split = len(data) - 33
    if any(data[:split]) or data[split] != 1:
        return False
    return hashlib.sha256(bytes(8) + digest + bytes(data[split + 1:])).digest() == seal


def opened(token):
    """(header, claims, what was signed, signature) of a JWT; ValueError otherwise."""
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("a JWT has three parts")
    header, claims = json.loads(unpad(parts[0])), json.loads(unpad(parts[1]))
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise ValueError("not objects")
    return header, claims, f"{parts[0]}.{parts[1]}".encode(), unpad(parts[2])
