"""Answers, and each protocol's own error envelope: never HTML, whatever goes wrong."""

import json
import uuid
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

QUERY_NAMESPACES = {
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
    "sns": "http://sns.amazonaws.com/doc/2010-03-31/",
    "s3control": "http://awss3control.amazonaws.com/doc/2018-08-20/",
    "monitoring": "http://monitoring.amazonaws.com/doc/2010-08-01/",
}


JSON10_SPACES = {"sqs": "com.amazonaws.sqs", "monitoring": "com.amazonaws.cloudwatch.v2010_08_01"}


@dataclass
class Answer:
    status: int
    headers: list = field(default_factory=list)
    body: bytes = b""
    error: tuple = None  # (code, message), for the Event history
    cut_to: int = None  # promise all of the body, send this much, and close
    promise: int = None  # promise this much, whatever is sent, and close
    drip_ms: float = 0  # one byte at a time
    reset: bool = False  # no answer at all: RST
    hang: bool = False  # no answer and no end

    def header(self, name):
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def put(self, name, value):
        self.headers = [(n, v) for n, v in self.headers if n.lower() != name.lower()]
        self.headers.append((name, value))


# What AWS calls the same refusal, by protocol: (HTTP status, code)
REFUSALS = {
    "deny": {"json": (400, "AccessDeniedException"), "query": (403, "AccessDenied"),
             "ec2": (403, "UnauthorizedOperation"), "s3": (403, "AccessDenied"),
             "rest-json": (403, "AccessDeniedException"), "cbor": (403, "AccessDenied")},
    "throttle": {"json": (400, "ThrottlingException"), "query": (400, "Throttling"),
                 "ec2": (503, "RequestLimitExceeded"), "s3": (503, "SlowDown"),
                 "rest-json": (429, "TooManyRequestsException"), "cbor": (400, "Throttling")},
    "error": {"json": (500, "InternalFailure"), "query": (500, "InternalFailure"),
              "ec2": (500, "InternalError"), "s3": (500, "InternalError"),
              "rest-json": (500, "InternalServerException"), "cbor": (500, "InternalFailure")},
    "unavailable": {"json": (503, "ServiceUnavailable"), "query": (503, "ServiceUnavailable"),
                    "ec2": (503, "Unavailable"), "s3": (503, "ServiceUnavailable"),
                    "rest-json": (503, "ServiceUnavailable"), "cbor": (503, "ServiceUnavailable")},
    "expired_token": {"json": (400, "ExpiredTokenException"), "query": (403, "ExpiredToken"),
                      "ec2": (400, "RequestExpired"), "s3": (400, "ExpiredToken"),
                      "rest-json": (403, "ExpiredTokenException"), "cbor": (403, "ExpiredToken")},
    "no_such_key_id": {"json": (400, "UnrecognizedClientException"), "query": (403, "InvalidClientTokenId"),
                       "ec2": (401, "AuthFailure"), "s3": (403, "InvalidAccessKeyId"),
                       "rest-json": (403, "UnrecognizedClientException"), "cbor": (403, "InvalidClientTokenId")},
    "bad_signature": {"json": (400, "InvalidSignatureException"), "query": (403, "SignatureDoesNotMatch"),
                      "ec2": (401, "AuthFailure"), "s3": (403, "SignatureDoesNotMatch"),
                      "rest-json": (403, "InvalidSignatureException"), "cbor": (403, "SignatureDoesNotMatch")},
    "skewed": {"json": (400, "InvalidSignatureException"), "query": (403, "SignatureDoesNotMatch"),
               "ec2": (400, "RequestExpired"), "s3": (403, "RequestTimeTooSkewed"),
               "rest-json": (403, "InvalidSignatureException"), "cbor": (403, "SignatureDoesNotMatch")},
    "unsigned": {"json": (400, "MissingAuthenticationTokenException"), "query": (403, "MissingAuthenticationToken"),
                 "ec2": (401, "AuthFailure"), "s3": (403, "AccessDenied"),
                 "rest-json": (403, "MissingAuthenticationTokenException"), "cbor": (403, "MissingAuthenticationToken")},
    "unknown": {"json": (400, "UnknownOperationException"), "query": (400, "InvalidAction"),
                "ec2": (400, "InvalidAction"), "s3": (501, "NotImplemented"),
                "rest-json": (404, "UnknownOperationException"), "cbor": (404, "UnknownOperationException")},
    "unreadable": {"json": (400, "SerializationException"), "query": (400, "MalformedQueryString"),
                   "ec2": (400, "InvalidParameterValue"), "s3": (400, "MalformedXML"),
                   "rest-json": (400, "SerializationException"), "cbor": (400, "SerializationException")},
}


def refusal(call, kind, message):
    status, code = REFUSALS[kind][call.protocol]
    if (kind, call.service) == ("deny", "sns"):
        code = "AuthorizationError"
    return failure(call, status, code, message)


def failure(call, status, code, message):
    request = str(uuid.uuid4())
    if call.protocol == "s3":
        body = s3_error(code, message, request, "")
        return Answer(status, xml_headers(request, "x-amz-request-id", "application/xml"),
                      b"" if call.method == "HEAD" else body, (code, message))
    if call.protocol == "ec2":
        body = ('<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>'
                f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error></Errors>"
                f"<RequestID>{request}</RequestID></Response>")
        return Answer(status, xml_headers(request), body.encode(), (code, message))
    if call.protocol == "query":
        space = QUERY_NAMESPACES.get(call.service, "")
        kind = "Receiver" if status >= 500 else "Sender"
        body = (f'<ErrorResponse xmlns="{space}"><Error><Type>{kind}</Type><Code>{escape(code)}</Code>'
                f"<Message>{escape(message)}</Message></Error><RequestId>{request}</RequestId></ErrorResponse>")
        return Answer(status, xml_headers(request), body.encode(), (code, message))
    if call.protocol == "cbor":
        headers = [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"),
                   ("x-amzn-RequestId", request)]
        return Answer(status, headers, cbor_map({"__type": code, "message": message}), (code, message))
    if call.protocol == "json" and call.header("Content-Type").endswith("-1.0"):
        # JSON 1.0 names its errors with the service's own namespace, and the older query code in a header
        body = {"__type": f"{JSON10_SPACES.get(call.service, 'com.amazon.coral.service')}#{code}", "message": message}
        headers = json_headers(call, request) + [
            ("x-amzn-query-error", f"{code.removesuffix('Exception')};{'Receiver' if status >= 500 else 'Sender'}")]
        return Answer(status, headers, json.dumps(body).encode(), (code, message))
    word = "Message" if code == "AccessDeniedException" and call.protocol == "json" else "message"
    body = {"__type": code, word: message} if call.protocol == "json" else {word: message}
    headers = json_headers(call, request) + [("x-amzn-ErrorType", code)]
    return Answer(status, headers, json.dumps(body).encode(), (code, message))


def s3_error(code, message, request, extra):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message>{extra}"
            f"<RequestId>{request}</RequestId><HostId>{'h' * 32}</HostId></Error>").encode()


def xml_headers(request, name="x-amzn-RequestId", kind="text/xml"):
    return [("Content-Type", kind), (name, request)]


def json_headers(call, request=None):
    kind = call.header("Content-Type") if call.protocol == "json" else "application/json"
    return [("Content-Type", kind or "application/x-amz-json-1.1"),
            ("x-amzn-RequestId", request or str(uuid.uuid4()))]


def success(call, value):
    return Answer(200, json_headers(call), json.dumps(value).encode())


def success_xml(text):
    return Answer(200, xml_headers(str(uuid.uuid4())), text.encode())


def cbor_map(values):
    def text(s):
        raw = s.encode()
        return b"\x79" + len(raw).to_bytes(2, "big") + raw
    return bytes([0xA0 + len(values)]) + b"".join(text(k) + text(v) for k, v in values.items())
