"""Who calls: a table of access keys, sessions handed out by STS, and SigV4 checked as AWS does
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)."""

import calendar
import hashlib
import hmac
import re
import time
import uuid
from urllib.parse import parse_qsl, quote, unquote

from .answers import refusal

ACCOUNT = "123456789012"
SKEW_SECONDS = 15 * 60


def secret_of(access_key):
    """Every key of the table has a secret that follows from its id: nothing to keep in step."""
    return hashlib.sha256(access_key.encode()).hexdigest()[:40]


def user(name, access_key, principal, account=ACCOUNT):
    return access_key, {"type": "IAMUser", "principalId": principal, "accountId": account,
                        "arn": f"arn:aws:iam::{account}:user/{name}",
                        "accessKeyId": access_key, "userName": name}


USERS = dict([
    user("watchkeeper", "AKIAWATCHKEPREXAMPLE", "AIDAWATCHKEPREXAMPLE"),
    user("ops", "AKIAADMINOPSXEXAMPLE", "AIDAADMINOPSXEXAMPLE"),
    user("dev", "AKIADEVELOPEREXAMPLE", "AIDADEVELOPEREXAMPLE"),
])
USERS["AKIAROOTUSERSEXAMPLE"] = {
    "type": "Root", "principalId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root",
    "accountId": ACCOUNT, "accessKeyId": "AKIAROOTUSERSEXAMPLE"}


class Identities:
    def __init__(self):
        self.users = dict(USERS)
        self.secrets = {key: secret_of(key) for key in self.users}
        self.tokens = {}  # access key -> (session token, end in epoch seconds)

    def add(self, name, access_key):
        self.users.update([user(name, access_key, "AIDA" + access_key[4:])])
        self.secrets[access_key] = secret_of(access_key)

    def table(self):
        return {word(identity): {"key": key, "secret": self.secrets[key]}
                for key, identity in self.users.items() if key not in self.tokens}

    def learn_session(self, body, seconds):
        """Reads an AssumeRole answer on its way out; with `seconds` the session ends that soon."""
        text = body.decode()
        find = lambda name: (re.search(f"<{name}>([^<]*)</{name}>", text) or [None, ""])[1]
        key, arn, role_id = find("AccessKeyId"), find("Arn"), find("AssumedRoleId")
        if not key:
            return body
        end = calendar.timegm(time.strptime(find("Expiration")[:19], "%Y-%m-%dT%H:%M:%S"))
        if seconds is not None:
            end = time.time() + seconds
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(end))
            text = re.sub(r"<Expiration>[^<]*<", f"<Expiration>{stamp}<", text)
        self.users[key] = session(key, arn, role_id)
        self.secrets[key] = find("SecretAccessKey")
        self.tokens[key] = (find("SessionToken"), end)
        return text.encode()

    def mint(self, role, name, seconds):
        """Keys of a role's session, as an agent hands them out."""
        key = "ASIA" + uuid.uuid4().hex[:16].upper()
        arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{name}"
        self.users[key] = session(key, arn, f"AROAEXAMPLEEXAMPLEXX:{name}")
        self.secrets[key] = secret_of(key)
        self.tokens[key] = (f"token-of-{key}/+=", time.time() + seconds)
        return {"key": key, "secret": self.secrets[key], "token": self.tokens[key][0], "end": self.tokens[key][1]}

    def check(self, call, now):
        """None, or why AWS would turn the caller away."""
        if not call.access_key:
            if call.operation in ("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"):
                return None
            return refusal(call, "unsigned", "Request is missing Authentication Token")
        secret = self.secrets.get(call.access_key)
        if secret is None:
            return refusal(call, "no_such_key_id", "The security token included in the request is invalid.")
        if call.access_key in self.tokens:
            token, end = self.tokens[call.access_key]
            if call.header("X-Amz-Security-Token") != token:
                return refusal(call, "no_such_key_id", "The security token included in the request is invalid")
            if time.time() >= end:
                return refusal(call, "expired_token", "The security token included in the request is expired")
        return self.check_time(call, now) or self.check_signature(call, secret)

    def check_time(self, call, now):
        try:
            sent = calendar.timegm(time.strptime(call.header("X-Amz-Date"), "%Y%m%dT%H%M%SZ"))
        except ValueError:
            return None  # presigned, or signed by Date: not used here
        if abs(sent - now) <= SKEW_SECONDS:
            return None
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        if call.protocol == "s3":
            return refusal(call, "skewed", "The difference between the request time and the current time is too large.")
        return refusal(call, "skewed", f"Signature expired: {call.header('X-Amz-Date')} is now earlier than {stamp}")

    def check_signature(self, call, secret):
        given = re.search(r"SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})", call.header("Authorization"))
        scope = re.search(r"Credential=[^/]+/(\S+?),", call.header("Authorization"))
        if not given or not scope:
            return None if "X-Amz-Signature" in call.query else refusal(
                call, "bad_signature", "Authorization header is malformed")
        content = call.header("x-amz-content-sha256")
        actual = hashlib.sha256(call.body).hexdigest()
        if content and re.fullmatch("[0-9a-f]{64}", content) and content != actual:
            return refusal(call, "bad_signature", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        names = given[1].split(";")
        canonical = "\n".join([
            call.method, canonical_path(call), canonical_query(call.raw_query),
            "".join(f"{n}:{joined(call.headers, n)}\n" for n in names), given[1], content or actual])
        text = "\n".join(["AWS4-HMAC-SHA256", call.header("X-Amz-Date"), scope[1],
                          hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + secret).encode()
        for part in scope[1].split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        must = {"host"} | ({"x-amz-security-token"} if call.header("X-Amz-Security-Token") else set())
        if hmac.compare_digest(wanted, given[2]) and must <= set(names):
            return None
        return refusal(call, "bad_signature", "The request signature we calculated does not match the signature you provided.")


def session(key, arn, role_id):
    account = arn.split(":")[4] if arn.count(":") >= 5 else ACCOUNT
    role = arn.split("/")[1] if "/" in arn else ""
    return {"type": "AssumedRole", "principalId": role_id, "arn": arn, "accountId": account,
            "accessKeyId": key, "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": role_id.split(":")[0],
                                  "arn": f"arn:aws:iam::{account}:role/{role}",
                                  "accountId": account, "userName": role},
                "attributes": {"creationDate": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                               "mfaAuthenticated": "false"}}}


def canonical_path(call):
    if call.service == "s3":
        return quote(unquote(call.path), safe="/-_.~")
    return quote(call.path, safe="/-_.~")


def canonical_query(raw):
    pairs = parse_qsl(raw.replace("+", "%2B"), keep_blank_values=True)
    encoded = sorted((quote(n, safe="-_.~"), quote(v, safe="-_.~")) for n, v in pairs)
    return "&".join(f"{n}={v}" for n, v in encoded)


def joined(headers, name):
    return ",".join(" ".join(v.split()) for v in (headers.get_all(name) or []))


def word(identity):
    """What Event history calls this caller (its Username)."""
    if identity["type"] == "AssumedRole":
        return identity["arn"].rsplit("/", 1)[-1]
    return identity.get("userName", "root")
