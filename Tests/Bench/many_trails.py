#!/usr/bin/env python3
"""A loopback server that answers for many multi-region trails, as CloudTrail, EC2 and STS do.

Prints its port and the trails as one line of JSON; then, for each line on standard input, how many calls
it has answered since the last.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COUNT, REGIONS = int(sys.argv[1]), sys.argv[2].split(",")
TRAILS = [f"arn:aws:cloudtrail:{REGIONS[n % len(REGIONS)]}:111122223333:trail/trail-{n:02}" for n in range(COUNT)]
calls, lock = 0, threading.Lock()


def trail(arn):
    return {"Name": arn.split("/")[-1], "S3BucketName": "audit", "IncludeGlobalServiceEvents": True,
            "IsMultiRegionTrail": True, "HomeRegion": arn.split(":")[3], "TrailARN": arn,
            "LogFileValidationEnabled": False, "HasCustomEventSelectors": False, "HasInsightSelectors": False,
            "IsOrganizationTrail": False}


LIST = json.dumps({"trailList": [trail(arn) for arn in TRAILS]}).encode()
SELECTORS = json.dumps({"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True,
                                            "DataResources": [], "ExcludeManagementEventSources": []}]}).encode()
EC2 = ("<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId><regionInfo>"
       + "".join(f"<item><regionName>{r}</regionName><regionEndpoint>ec2.{r}.amazonaws.com</regionEndpoint>"
                 "<optInStatus>opt-in-not-required</optInStatus></item>" for r in REGIONS)
       + "</regionInfo></DescribeRegionsResponse>").encode()
STS = (b"<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
       b"<Arn>arn:aws:iam::111122223333:user/watch</Arn><UserId>AIDA</UserId><Account>111122223333</Account>"
       b"</GetCallerIdentityResult></GetCallerIdentityResponse>")


def status():
    now = time.time()
    return json.dumps({"IsLogging": True, "LatestDeliveryTime": now - 120, "StartLoggingTime": now - 90000}).encode()


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        global calls
        with lock:
            calls += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target", "").split(".")[-1]
        if target:
            known = {"DescribeTrails": LIST, "GetEventSelectors": SELECTORS}
            answer, kind = known.get(target) or status(), "application/x-amz-json-1.1"
        else:
            answer, kind = EC2 if b"DescribeRegions" in body else STS, "text/xml"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 512


server = Server(("127.0.0.1", 0), Answers)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"port": server.server_address[1], "trails": TRAILS}), flush=True)
for _ in sys.stdin:
    with lock:
        count, calls = calls, 0
    print(count, flush=True)
