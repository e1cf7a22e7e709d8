"""One look at an AWS account: `watchkeeper check` beside boto3, both asking the same loopback server."""

import collections
import json
import os
import subprocess
import sys
import urllib.request

from .program import run
from .table import Row

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CLOUDS = os.path.join(HERE, "../Clouds")
SERVICES = "cloudtrail", "ec2", "s3", "sts"


class Server:
    """aws_overlay.py with the estate of one trail in 17 regions; every call to it is written down."""

    REGIONS = ("us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 "
               "eu-central-1 eu-north-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 "
               "ap-southeast-1 ap-southeast-2").split()

    def __init__(self, place):
        self.place = place
        self.environment = {**place.environment, "PYTHONDONTWRITEBYTECODE": "1", "AWS_CONFIG_FILE": "/dev/null",
                            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true"}

    def __enter__(self):
        with open(self.place.path("server.log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, f"{CLOUDS}/aws_overlay.py", "--with-parent"], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        ready = json.loads(self.process.stdout.readline())
        self.endpoint = f"http://127.0.0.1:{ready['port']}"
        keys = ready["users"]["watchkeeper"]
        self.caller = {**self.environment, "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": "us-east-1",
                       "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": keys["key"],
                       "AWS_SECRET_ACCESS_KEY": keys["secret"]}
        made = run([sys.executable, f"{CLOUDS}/estate.py", "--endpoint", self.endpoint,
                    "--regions", ",".join(self.REGIONS), "build"], self.environment)
        if made.status != 0:
            raise RuntimeError(f"no estate: {made.output[-300:]}")
        self.trail = json.loads(made.output.splitlines()[-1])["arn"]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def calls(self, after):
        """What was asked since the call of that number, as counts by service, operation and region."""
        with urllib.request.urlopen(f"{self.endpoint}/_overlay/calls?since={after}", timeout=30) as answer:
            calls = [c for c in json.load(answer)["calls"] if c["service"] in SERVICES]
        return collections.Counter((c["service"], c["operation"], c["region"]) for c in calls), \
            max([c["n"] for c in calls], default=after)


def check(place, rounds, bench):
    """Each round of ours starts without anything remembered, as boto3 does."""
    with Server(place) as server:
        config = place.write("cloud.json5", CONFIGURATION % server.trail)
        ours, boto, asked = [], [], []
        _, last = server.calls(0)
        for n in range(rounds):
            arguments = [place.watchkeeper, "check", "--config", config, "--state", place.path(f"check-{n}")]
            for outcomes, command in ((ours, arguments),
                                      (boto, [sys.executable, f"{HERE}/boto3_check.py", server.trail])):
                outcome = run(command, server.caller)
                if outcome.status != 0:
                    raise RuntimeError(f"{command[0]}: status {outcome.status}: {outcome.output[-600:]}")
                outcomes.append(outcome)
                calls, last = server.calls(last)
                asked.append(calls)
    bench.note(calls_text(asked[0], asked[1]))
    def row(what, unit, figure, limit=None, wall=False):
        return Row("check", what, [figure(o) for o in ours], unit, limit, None, [figure(b) for b in boto], wall=wall)

    return [row("one look, 17 regions: processor time | boto3", "ms", lambda o: o.cpu * 1000, 1000),
            row("the same: until it is over", "ms", lambda o: o.wall * 1000, 5000, wall=True),
            row("the same: peak memory", "MB", lambda o: o.memory, 64)]


CONFIGURATION = """
{
  duty: { roles: { "security-lead": { members: ["mira"], ack_within: "15m" } } },
  clouds: { aws: [{ name: "prod", regions: "enabled" }] },
  sources: [{ id: "aws/prod/main", trail: "%s", expect: { s3: "15m+15m" } }],
}
"""


def calls_text(ours, boto):
    """Whether the two asked the same, and what only one did."""
    text = f"check: {ours.total()} calls by Watchkeeper, {boto.total()} by the boto3 script in 8 threads"
    for who, more in (("Watchkeeper", ours - boto), ("boto3", boto - ours)):
        if more:
            by_operation = collections.Counter()
            for (_, operation, _), count in more.items():
                by_operation[operation] += count
            text += f"; only {who}: " + ", ".join(f"{n} {name}" for name, n in sorted(by_operation.items()))
    return text if ours != boto else text + ", the same ones"
