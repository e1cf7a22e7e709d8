"""S3 as AWS behaves where moto does not: the age of objects, and buckets of another region."""

import re
import uuid
from email.utils import formatdate
from urllib.parse import unquote_plus
from xml.sax.saxutils import unescape

from .answers import Answer, s3_error
from .moments import iso, moment


class Storage:
    def __init__(self):
        self.regions = {}  # bucket -> region it was made in
        self.modified = {}  # (bucket, key) -> epoch seconds
        self.aged = []  # (bucket, prefix, seconds, written before)
        self.redirect = True
        self.page = None  # keys a page of a listing at most, whatever is asked

    def prepare(self, call):
        """Smaller pages, so that a few objects make many."""
        if self.page and call.operation == "ListObjectsV2":
            rest = [p for p in call.raw_query.split("&") if not p.startswith("max-keys=")]
            call.target = f"{call.path}?{'&'.join(rest + [f'max-keys={self.page}'])}"

    def dress(self, call, answer):
        """S3's own headers, and its `+` for a space in encoded keys."""
        request = answer.header("x-amzn-requestid")
        if request:
            answer.headers = [h for h in answer.headers if h[0].lower() != "x-amzn-requestid"]
            answer.put("x-amz-request-id", request[:16].upper())
        if call.bucket in self.regions:
            answer.put("x-amz-bucket-region", self.regions[call.bucket])
        if call.query.get("encoding-type") == "url" and call.operation == "ListObjectsV2":
            answer.body = re.sub(rb"<(Key|Prefix|StartAfter)>[^<]*<", lambda m: m[0].replace(b"%20", b"+"), answer.body)

    def note(self, call, answer):
        """Learns from what passes."""
        if answer.status >= 300:
            return
        if call.operation == "CreateBucket":
            found = re.search(rb"<LocationConstraint[^>]*>([^<]+)<", call.body)
            self.regions[call.bucket] = found[1].decode() if found else "us-east-1"
        elif call.operation == "DeleteBucket":
            self.regions.pop(call.bucket, None)
        elif call.operation in ("PutObject", "DeleteObject"):
            self.modified.pop((call.bucket, call.key), None)

    def elsewhere(self, call):
        """301 for a bucket of another region, as S3's regional endpoints answer."""
        home = self.regions.get(call.bucket)
        exempt = call.operation in ("GetBucketLocation", "CreateBucket", "ListBuckets")
        if not self.redirect or exempt or home is None or home == call.region:
            return None
        text = ("The bucket you are attempting to access must be addressed using the specified "
                "endpoint. Please send all future requests to this endpoint.")
        extra = f"<Endpoint>{call.bucket}.s3.{home}.amazonaws.com</Endpoint><Bucket>{call.bucket}</Bucket>"
        request = uuid.uuid4().hex[:16].upper()
        body = b"" if call.method == "HEAD" else s3_error("PermanentRedirect", text, request, extra)
        return Answer(301, [("x-amz-bucket-region", home), ("x-amz-request-id", request),
                            ("Content-Type", "application/xml")], body, ("PermanentRedirect", text))

    def set_times(self, asked, now):
        for key, value in asked.get("modified", {}).items():
            self.modified[(asked["bucket"], key)] = moment(value, now)
        if "age" in asked:
            self.aged.append((asked["bucket"], asked.get("prefix", ""), asked["age"], now))

    def time_of(self, bucket, key, real):
        at = self.modified.get((bucket, key), real)
        for where, prefix, seconds, before in self.aged:
            if where == bucket and key.startswith(prefix) and real <= before:
                at -= seconds
        return at

    def age(self, call, answer):
        """Puts the told times into a listing or an object's headers."""
        if answer.status != 200 or not (self.modified or self.aged):
            return
        if call.operation in ("ListObjectsV2", "ListObjects", "ListObjectVersions"):
            encoded = call.query.get("encoding-type") == "url"
            answer.body = re.sub(rb"<Key>([^<]*)</Key>(.*?)<LastModified>([^<]*)</LastModified>",
                                 lambda m: self.rewrite(call.bucket, m, encoded), answer.body, flags=re.S)
        elif call.operation in ("GetObject", "HeadObject") and answer.header("Last-Modified"):
            from email.utils import parsedate_to_datetime
            real = parsedate_to_datetime(answer.header("Last-Modified")).timestamp()
            answer.put("Last-Modified", formatdate(self.time_of(call.bucket, call.key, real), usegmt=True))

    def rewrite(self, bucket, match, encoded):
        key = unescape(match[1].decode(), {"&quot;": '"'})
        key = unquote_plus(key) if encoded else key
        real = moment(re.sub(r"\.\d+Z$", "Z", match[3].decode()), 0)
        told = iso(self.time_of(bucket, key, real)).replace("Z", ".000Z")
        return b"<Key>" + match[1] + b"</Key>" + match[2] + b"<LastModified>" + told.encode() + b"</LastModified>"
