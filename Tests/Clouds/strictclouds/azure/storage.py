"""Blobs and queues of the archive's account: XML with a byte order mark, versions and dates insisted on."""

import base64
import json
import re
import uuid
from xml.sax.saxutils import escape

from ..common.moments import rfc1123
from ..common.rsa import pad, unpad
from ..common.wire import Answer
from . import errors
from .names import ACCOUNT, STORE

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers"
MESSAGES = "Microsoft.Storage/storageAccounts/queueServices/queues"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def versioned(request):
    version = request.header("x-ms-version")
    if not version or not re.fullmatch(r"20\d\d-\d\d-\d\d", version) or version < "2017-11-09":
        raise errors.storage(403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of "
                             "Authorization header is formed correctly including the signature.")
    date = request.header("x-ms-date")
    if date and not re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date):
        raise errors.storage(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format. x-ms-date")
    return [("x-ms-version", version), ("x-ms-request-id", str(uuid.uuid4()))]


def number(request, name, low, high, default):
    text = request.query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"\d+", text) or not low <= int(text) <= high:
        raise errors.storage(400, "OutOfRangeQueryParameterValue", f"One of the query parameters specified in the request URI is outside the permissible range. {name}")
    return int(text)


class Blobs:
    def __init__(self, cloud):
        self.cloud = cloud

    def route(self, request, call):
        words = [w for w in request.path.split("/", 2) if w]
        call.update(permissions=[f"{BLOBS}/blobs/read"], scope=f"{STORE}/blobServices/default/containers/{words[0] if words else ''}")
        if request.method == "GET" and len(words) == 1 and request.query.get("comp") == "list":
            call["operation"] = "blobs.list"
            return lambda: self.checked(request, call, {"restype", "comp", "prefix", "delimiter", "marker", "maxresults", "include", "timeout"},
                                        lambda more: self.list(request, words[0], more))
        if request.method == "GET" and not words and request.query.get("comp") == "list":
            call.update(operation="containers.list", permissions=[f"{BLOBS}/read"])
            return lambda: self.checked(request, call, {"comp", "prefix", "marker", "maxresults", "include", "timeout"},
                                        lambda more: self.containers(more))
        if request.method in ("GET", "HEAD") and len(words) == 2:
            call["operation"] = "blobs.get"
            return lambda: self.checked(request, call, {"timeout"}, lambda more: self.get(request, words[0], words[1], more))
        call.update(operation="unknown", permissions=[f"{BLOBS}/blobs/write"])
        return lambda: self.checked(request, call, set(), lambda more: self.cloud.refuse_write(call) or Answer(400))

    def checked(self, request, call, known, act):
        self.cloud.sign_in(request, call, "storage")
        more = versioned(request)
        if call["write"]:
            self.cloud.refuse_write(call)
        unknown = set(request.query) - known
        if unknown or len(request.pairs) != len(request.query):
            raise errors.storage(400, "InvalidQueryParameterValue", f"Value for one of the query parameters specified in the request URI is invalid. {sorted(unknown)}")
        if self.cloud.denied(call["permissions"][0], call["scope"]) or self.cloud.firewalled:
            raise errors.forbidden(call, call["permissions"][0]) if not self.cloud.firewalled else errors.storage(
                403, "AuthorizationFailure", "This request is not authorized to perform this operation.")
        if STORE.lower() not in self.cloud.store:
            raise errors.storage(404, "ResourceNotFound", "The specified resource does not exist.")
        return act(more)

    def containers(self, more):
        names = "".join(f"<Container><Name>{escape(c)}</Name><Properties /></Container>" for c in sorted(self.cloud.containers()))
        return Answer.xml(200, f'{HEAD}<EnumerationResults ServiceEndpoint="{self.cloud.endpoint("blob")}/"><Containers>{names}</Containers>'
                               "<NextMarker /></EnumerationResults>", more)

    def list(self, request, container, more):
        if request.query.get("restype") != "container":
            raise errors.storage(400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid. restype")
        if container not in self.cloud.containers():
            raise errors.storage(404, "ContainerNotFound", "The specified container does not exist.")
        prefix, mark = request.query.get("prefix", ""), request.query.get("delimiter")
        most = number(request, "maxresults", 1, 5000, 5000)
        entries = {}
        for name, blob in self.cloud.blobs(container).items():
            if name.startswith(prefix):
                cut = name.find(mark, len(prefix)) if mark else -1
                entries[name if cut < 0 else name[:cut + len(mark)]] = blob if cut < 0 else None
        names, start = sorted(entries), 0
        if request.query.get("marker"):
            try:
                place = json.loads(unpad(request.query["marker"]))
                if place["of"] != [container, prefix, mark or ""]:
                    raise ValueError
            except (ValueError, KeyError, TypeError):
                raise errors.storage(400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid. marker") from None
            start = next((i for i, n in enumerate(names) if n >= place["at"]), len(names))
        size = self.cloud.pages(most, 5000)
        part = names[start:start + size]
        following = ""
        if start + size < len(names):
            following = pad(json.dumps({"of": [container, prefix, mark or ""], "at": names[start + size]}).encode())
        told = "".join(self.entry(n, entries[n]) for n in part)
        text = (f'{HEAD}<EnumerationResults ServiceEndpoint="{self.cloud.endpoint("blob")}/" ContainerName="{container}">'
                + (f"<Prefix>{escape(prefix)}</Prefix>" if prefix else "") + (f"<Delimiter>{escape(mark)}</Delimiter>" if mark else "")
                + f"<Blobs>{told}</Blobs>" + (f"<NextMarker>{following}</NextMarker>" if following else "<NextMarker />") + "</EnumerationResults>")
        return Answer.xml(200, text, more)

    def entry(self, name, blob):
        if blob is None:
            return f"<BlobPrefix><Name>{escape(name)}</Name></BlobPrefix>"
        return (f"<Blob><Name>{escape(name)}</Name><Properties><Creation-Time>{rfc1123(blob['first'])}</Creation-Time>"
                f"<Last-Modified>{rfc1123(blob['modified'])}</Last-Modified><Etag>0x8D{int(blob['modified']):X}</Etag>"
                f"<Content-Length>{len(blob['body'])}</Content-Length><Content-Type>application/octet-stream</Content-Type>"
                "<BlobType>AppendBlob</BlobType><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
                "<ServerEncrypted>true</ServerEncrypted></Properties></Blob>")

    def get(self, request, container, name, more):
        blob = self.cloud.blobs(container).get(name)
        if blob is None:
            raise errors.storage(404, "BlobNotFound" if container in self.cloud.containers() else "ContainerNotFound", "The specified blob does not exist.")
        more = [*more, ("Last-Modified", rfc1123(blob["modified"])), ("x-ms-blob-type", "AppendBlob"), ("Content-Type", "application/octet-stream")]
        form = re.fullmatch(r"bytes=(\d+)-(\d*)", request.header("x-ms-range") or request.header("Range") or "")
        if form and int(form[1]) < len(blob["body"]):
            end = min(int(form[2] or len(blob["body"])), len(blob["body"]) - 1)
            return Answer(206, [*more, ("Content-Range", f"bytes {form[1]}-{end}/{len(blob['body'])}")], blob["body"][int(form[1]):end + 1])
        return Answer(200, more, blob["body"])


class Queues:
    """Messages come out in order, hidden for a while once taken; Event Grid writes them in base64."""

    def __init__(self, cloud):
        self.cloud, self.held = cloud, []

    def put(self, value, at):
        text = value if isinstance(value, str) else base64.b64encode(json.dumps(value).encode()).decode()
        self.held.append({"id": str(uuid.uuid4()), "text": text, "since": at, "shown": at, "count": 0, "receipt": None})

    def route(self, request, call):
        found = re.fullmatch(r"/([^/]+)(/messages(?:/([^/]+))?)?", request.path)
        call["scope"] = f"{STORE}/queueServices/default/queues/{found[1] if found else ''}"
        plans = {("GET", True, False): ("messages.get", "/messages/process/action", {"numofmessages", "visibilitytimeout", "timeout", "peekonly"}, self.get),
                 ("DELETE", True, True): ("messages.delete", "/messages/process/action", {"popreceipt", "timeout"}, self.delete),
                 ("GET", False, False): ("queues.get", "/read", {"comp", "timeout"}, self.about)}
        plan = plans.get((request.method, bool(found and found[2]), bool(found and found[3])))
        if plan is None:
            call.update(operation="unknown", permissions=[f"{MESSAGES}/write"])
            return lambda: self.checked(request, call, set(), lambda more: self.cloud.refuse_write(call) or Answer(400))
        call.update(operation=plan[0], permissions=[MESSAGES + plan[1]], write=False)
        return lambda: self.checked(request, call, plan[2], lambda more: plan[3](request, found, more))

    def checked(self, request, call, known, act):
        self.cloud.sign_in(request, call, "storage")
        more = versioned(request)
        if call["write"]:
            self.cloud.refuse_write(call)
        if set(request.query) - known or len(request.pairs) != len(request.query):
            raise errors.storage(400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid.")
        if self.cloud.denied(call["permissions"][0], call["scope"]):
            raise errors.forbidden(call, call["permissions"][0])
        queue = call["scope"].rsplit("/", 1)[-1]
        if queue not in self.cloud.queue_names:
            raise errors.storage(404, "QueueNotFound", "The specified queue does not exist.")
        return act(more)

    def about(self, request, found, more):
        if request.query.get("comp") != "metadata":
            raise errors.storage(400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid. comp")
        return Answer(200, [*more, ("x-ms-approximate-messages-count", str(len(self.held)))])

    def get(self, request, found, more):
        now = self.cloud.now()
        most = self.cloud.pages(number(request, "numofmessages", 1, 32, 1), 32)
        hidden = number(request, "visibilitytimeout", 1, 604800, 30)
        peek = request.query.get("peekonly") == "true"
        told = ""
        for one in [m for m in self.held if m["shown"] <= now][:most]:
            told += (f"<QueueMessage><MessageId>{one['id']}</MessageId><InsertionTime>{rfc1123(one['since'])}</InsertionTime>"
                     f"<ExpirationTime>{rfc1123(one['since'] + 604800)}</ExpirationTime>")
            if not peek:
                one.update(shown=now + hidden, count=one["count"] + 1, receipt=pad(uuid.uuid4().bytes) + "==")
                told += f"<PopReceipt>{one['receipt']}</PopReceipt><TimeNextVisible>{rfc1123(one['shown'])}</TimeNextVisible>"
            told += f"<DequeueCount>{one['count']}</DequeueCount><MessageText>{escape(one['text'])}</MessageText></QueueMessage>"
        return Answer.xml(200, f"{HEAD}<QueueMessagesList>{told}</QueueMessagesList>", more)

    def delete(self, request, found, more):
        one = next((m for m in self.held if m["id"] == found[3]), None)
        if "popreceipt" not in request.query:
            raise errors.storage(400, "MissingRequiredQueryParameter", "A query parameter that's mandatory for this request is not specified. popreceipt")
        if one is None:
            raise errors.storage(404, "MessageNotFound", "The specified message does not exist.")
        if one["receipt"] != request.query["popreceipt"]:
            raise errors.storage(400, "PopReceiptMismatch", "The specified pop receipt did not match the pop receipt for a dequeued message.")
        self.held.remove(one)
        return Answer(204, more)


__all__ = ["ACCOUNT", "Blobs", "Queues"]
