"""Forty trails in seventeen regions: `watchkeeper check --only trail` beside boto3 with sixteen threads."""

import json
import os
import subprocess
import sys

from .cloud import Server
from .program import run
from .table import Row

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TRAILS = 40


def fan_out(place, rounds, bench):
    """The same calls by both, to the same loopback server, in turns."""
    environment = {**place.environment, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
                   "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
                   "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}
    server = subprocess.Popen([sys.executable, f"{HERE}/many_trails.py", str(TRAILS), ",".join(Server.REGIONS)],
                              env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        ready = json.loads(server.stdout.readline())
        environment["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{ready['port']}"
        config = place.write("many.json5", configuration(ready["trails"]))
        ours, boto = [], []
        for n in range(rounds):
            state = place.path(f"many-{n}")
            ours.append(asked([place.watchkeeper, "check", "--only", "trail", "--config", config, "--state", state],
                              environment, server))
            boto.append(asked([sys.executable, f"{HERE}/boto3_trails.py"], environment, server))
    finally:
        server.kill()
        server.wait()
    bench.note(f"fan-out: {TRAILS} trails x {len(Server.REGIONS)} regions, {ours[0][1]} calls by Watchkeeper, "
               f"{boto[0][1]} by boto3 in 16 threads; wall time is information: Watchkeeper keeps to AWS's "
               "eight status calls a second and region, boto3 to nothing. Aimed at: 0.1x of its processor time, "
               "0.5x of its memory")

    def row(what, unit, figure):
        return Row("fan-out", what, [figure(o) for o, _ in ours], unit, None, "boto3", [figure(b) for b, _ in boto])

    return [row("40 trails x 17 regions: processor time", "ms", lambda o: o.cpu * 1000),
            row("the same: peak memory", "MB", lambda o: o.memory),
            row("the same: until it is over", "ms", lambda o: o.wall * 1000)]


def asked(command, environment, server):
    """What it took, and how many calls the server counted."""
    outcome = run(command, environment)
    if outcome.status != 0:
        raise RuntimeError(f"{command[0]}: status {outcome.status}: {outcome.output[-600:]}")
    server.stdin.write(b"count\n")
    server.stdin.flush()
    return outcome, int(server.stdout.readline())


def configuration(trails):
    sources = ", ".join(f'{{ id: "aws/prod/{arn.split("/")[-1]}", trail: "{arn}" }}' for arn in trails)
    return f"""{{
      duty: {{ roles: {{ "security-lead": {{ members: ["mira"], ack_within: "15m" }} }} }},
      clouds: {{ aws: [{{ name: "prod", regions: "enabled" }}] }},
      sources: [{sources}],
    }}"""
