"""Azure's envelopes: Entra ID's, Resource Manager's, Microsoft.Insights' own, Log Analytics' and Storage's."""

import uuid
from xml.sax.saxutils import escape

from ..common.moments import stamp
from ..common.wire import Answer, Refusal


def arm(status, code, message, headers=()):
    return Refusal(Answer.json(status, {"error": {"code": code, "message": message}}, headers))


def insights(status, code, message):
    """Microsoft.Insights itself leaves the wrapper out."""
    return Refusal(Answer.json(status, {"code": code, "message": message}))


def query(status, code, message, inner=None, headers=()):
    error = {"message": message, "code": code, "correlationId": str(uuid.uuid4())}
    if inner:
        error["innererror"] = inner
    return Refusal(Answer.json(status, {"error": error}, headers))


def storage(status, code, message, headers=()):
    text = (f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{escape(message)}\n'
            f"RequestId:{uuid.uuid4()}</Message></Error>")
    return Refusal(Answer.xml(status, text, [("x-ms-error-code", code), *headers]))


def entra(status, number, sentence, error, now):
    text = f"AADSTS{number}: {sentence} Trace ID: {uuid.uuid4()} Correlation ID: {uuid.uuid4()} Timestamp: {stamp(now)}"
    return Refusal(Answer.json(status, {
        "error": error, "error_description": text, "error_codes": [number], "timestamp": stamp(now).replace("T", " "),
        "trace_id": str(uuid.uuid4()), "correlation_id": str(uuid.uuid4()),
        "error_uri": f"https://login.microsoftonline.com/error?code={number}"}))


def unauthorized(service, code, message):
    challenge = ("WWW-Authenticate", f'Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token", '
                                     f'error_description="{message}"')
    if service == "arm":
        return arm(401, code, message, [challenge])
    if service == "loganalytics":
        return query(401, "InvalidTokenError", message, headers=[challenge])
    return storage(401, {"AuthenticationFailed": "NoAuthenticationInformation"}.get(code, "InvalidAuthenticationInfo"), message, [challenge])


def faulted(call, kind, text):
    """What a test's fault looks like at that service."""
    service = call["service"]
    if kind == "expired_token":
        return unauthorized(service, "ExpiredAuthenticationToken", text or "The access token expiry UTC time is earlier than current UTC time.")
    if service in ("login", "imds", "appservice"):
        status = {"deny": 400, "throttle": 429, "error": 500, "unavailable": 503}[kind]
        return Refusal(Answer.json(status, {"error": "temporarily_unavailable" if status > 400 else "invalid_request",
                                            "error_description": text or "AADSTS90033: A transient error has occurred. Please try again.",
                                            "error_codes": [90033]}))
    if kind == "deny":
        return forbidden(call, (call["permissions"] or ["unknown"])[0], text)
    words = {"throttle": (429, "TooManyRequests", "The request is being throttled as the limit has been reached for operation type."),
             "error": (500, "InternalServerError", "Encountered internal server error."),
             "unavailable": (503, "ServiceUnavailable", "The service is temporarily unavailable.")}[kind]
    made = {"arm": arm, "loganalytics": query}.get(service)
    if made:
        return made(words[0], words[1], text or words[2])
    codes = {429: (503, "ServerBusy"), 500: (500, "InternalError"), 503: (503, "ServerBusy")}[words[0]]
    return storage(*codes, text or words[2])


def forbidden(call, permission, text=None):
    if call["service"] == "arm":
        return arm(403, "AuthorizationFailed", text or (
            f"The client '{call['principal']}' with object id '{call['principal']}' does not have authorization to perform "
            f"action '{permission}' over scope '{call['scope']}' or the scope is invalid. If access was recently granted, "
            "please refresh your credentials."))
    if call["service"] == "loganalytics":
        return query(403, "InsufficientAccessError", text or "The provided credentials have insufficient access to perform the requested operation")
    return storage(403, "AuthorizationPermissionMismatch", text or "This request is not authorized to perform this operation using this permission.")
