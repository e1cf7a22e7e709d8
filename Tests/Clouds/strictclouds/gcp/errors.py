"""Google's envelopes: google.rpc.Status in JSON, the token endpoints' own, and HTML for paths that are none."""

from ..common.wire import Answer, Refusal

CODES = {"INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403, "NOT_FOUND": 404,
         "RESOURCE_EXHAUSTED": 429, "INTERNAL": 500, "UNIMPLEMENTED": 501, "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504}
PAGE = "<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p><b>404.</b> <ins>That's an error.</ins>\n"


def refusal(status, message, reason=None, domain="googleapis.com", **metadata):
    error = {"code": CODES[status], "message": message, "status": status}
    if reason:
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": domain, "metadata": metadata}]
    return Refusal(Answer.json(CODES[status], {"error": error}))


def invalid(message):
    return refusal("INVALID_ARGUMENT", message)


def storage(code, reason, message):
    """Cloud Storage's JSON API has the older shape."""
    return Refusal(Answer.json(code, {"error": {"code": code, "message": message, "errors": [
        {"message": message, "domain": "global", "reason": reason}]}}))


def no_path():
    return Refusal(Answer(404, [("Content-Type", "text/html; charset=UTF-8")], PAGE.encode()))


def token(status, error, description):
    return Refusal(Answer.json(status, {"error": error, "error_description": description}))


def denied(call, permission, text=None):
    if call["service"] == "storage":
        return storage(403, "forbidden", text or f"{call['principal']} does not have {permission} access to the Google Cloud Storage bucket. "
                       f"Permission '{permission}' denied on resource (or it may not exist).")
    if call["service"] == "bigquery":
        return storage(403, "accessDenied", text or f"Access Denied: Permission {permission} denied on dataset (or it may not exist).")
    message = text or f"Permission '{permission}' denied on resource (or it may not exist)."
    if call["service"] in ("pubsub", "monitoring"):
        return refusal("PERMISSION_DENIED", text or f"Permission {permission} denied (or the resource may not exist).")
    return refusal("PERMISSION_DENIED", message, "IAM_PERMISSION_DENIED", "iam.googleapis.com", permission=permission, resource=call["scope"])


def faulted(call, kind, text):
    service = call["service"]
    if service in ("token", "sts", "metadata"):
        if kind == "deny":
            return token(400, "unauthorized_client", text or "Unauthorized")
        return token({"throttle": 429, "error": 500, "unavailable": 503, "expired_token": 401}[kind], "internal_failure", text or "Try again")
    if kind == "deny":
        return denied(call, (call["permissions"] or ["unknown"])[0], text)
    if kind == "expired_token":
        return unauthenticated("ACCESS_TOKEN_EXPIRED", service)
    if kind == "throttle":
        return refusal("RESOURCE_EXHAUSTED", text or "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service "
                       f"'{service}.googleapis.com' for consumer 'project_number:123456789001'.", "RATE_LIMIT_EXCEEDED", service=f"{service}.googleapis.com",
                       quota_metric=f"{service}.googleapis.com/read_requests")
    return refusal("INTERNAL" if kind == "error" else "UNAVAILABLE", text or (
        "Internal error encountered." if kind == "error" else "The service is currently unavailable."))


def unauthenticated(reason, service):
    return refusal("UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
                   "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.", reason, service=f"{service}.googleapis.com")
