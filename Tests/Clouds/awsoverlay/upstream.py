"""moto, behind the overlay: started here on loopback, spoken to over plain HTTP."""

import base64
import hashlib
import http.client
import json
import logging

from .answers import Answer

HOP = {"connection", "transfer-encoding", "keep-alive", "server", "date", "content-length"}


class Upstream:
    def __init__(self):
        from moto.moto_server.threaded_moto_server import ThreadedMotoServer
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        self.address = self.server.get_host_and_port()

    def send(self, method, target, headers, body):
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        try:
            connection.request(method, target, body=body, headers=dict(headers))
            response = connection.getresponse()
            raw = response.read()
            kept = [(n, v) for n, v in response.getheaders() if n.lower() not in HOP]
            if method == "HEAD" and response.getheader("Content-Length"):
                kept.append(("Content-Length", response.getheader("Content-Length")))
            return Answer(response.status, kept, raw)
        finally:
            connection.close()

    def pass_on(self, call, body=None):
        headers = [(n, v) for n, v in call.headers.items()
                   if n.lower() not in HOP and n.lower() != "expect"]
        return self.send(call.method, call.target, headers, call.body if body is None else body)

    def cloudtrail(self, call, operation, region, params):
        """A CloudTrail call of the overlay's own, as the same caller, in any region."""
        answer = self.json(call, "cloudtrail", region,
                           f"com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.{operation}", params)
        return answer, (json.loads(answer.body) if answer.status == 200 and answer.body else {})

    def json(self, call, service, region, target, params, version="1.1"):
        headers = {"Authorization": authorization(call.access_key, region, service),
                   "X-Amz-Target": target, "Content-Type": f"application/x-amz-json-{version}",
                   "Host": f"{service}.{region}.amazonaws.com"}
        return self.send("POST", "/", headers, json.dumps(params).encode())

    def form(self, call, service, region, body):
        headers = {"Authorization": authorization(call.access_key, region, service),
                   "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
                   "Host": f"{service}.{region}.amazonaws.com"}
        return self.send("POST", "/", headers, body.encode())

    def bucket(self, call, method, path, body=b""):
        """An S3 call of the overlay's own: `BUCKET/KEY` or `BUCKET?subresource`."""
        headers = {"Authorization": authorization(call.access_key, "us-east-1", "s3"), "Host": "127.0.0.1"}
        if method == "PUT":  # a bucket with object lock takes no object without
            headers["Content-MD5"] = base64.b64encode(hashlib.md5(body).digest()).decode()
        return self.send(method, f"/{path}", headers, body)

    def reset(self):
        self.send("POST", "/moto-api/reset", {}, b"")


def authorization(access_key, region, service):
    return (f"AWS4-HMAC-SHA256 Credential={access_key}/20260101/{region}/{service}/aws4_request, "
            "SignedHeaders=host, Signature=0")
