"""What a test may ask of the overlay itself, under /_overlay/: JSON in, JSON out."""

import contextlib
import io
import json
import threading

from . import events
from .identity import ACCOUNT, word
from .moments import moment
from .pipeline_control import PipelineControl

SETTINGS = {"skew": float, "strict": bool, "session_seconds": float, "external_id": str}


class Control(PipelineControl):
    def __init__(self, overlay, stop):
        self.overlay, self.stop, self.ends = overlay, stop, False
        self.building = threading.Lock()

    def answer(self, method, target, body):
        """(status, value)."""
        path, _, query = target.partition("?")
        name = path.removeprefix("/_overlay").strip("/").replace("/", "_")
        act = getattr(self, f"{method.lower()}_{name}", None)
        if method == "DELETE" and name.startswith("faults_"):
            return 200, {"removed": self.overlay.faults.remove(name.removeprefix("faults_"))}
        if act is None:
            return 404, {"error": f"no {method} {path}"}
        try:
            asked = json.loads(body or b"{}")
            return 200, act({**dict(p.split("=", 1) for p in query.split("&") if "=" in p), **asked})
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            return 400, {"error": f"{type(problem).__name__}: {problem}"}

    def get_ready(self, _):
        return {"ready": True, "users": self.overlay.identities.table(), "account": ACCOUNT}

    def get_calls(self, asked):
        since = int(asked.get("since", 0))
        wanted = ("service", "operation", "region", "user", "bucket")
        return {"calls": [c for c in list(self.overlay.calls) if c["n"] > since
                          and all(asked.get(w) in (None, c[w]) for w in wanted)]}

    def delete_calls(self, _):
        self.overlay.calls = []
        return {}

    def get_events(self, _):
        return {"events": [event for _, _, _, event in self.overlay.history.events]}

    def delete_events(self, _):
        self.overlay.history.clear()
        return {}

    def post_events(self, asked):
        """Adds events: `eventName` and what differs from a plain write call by `user` now."""
        made = [self.made(given) for given in asked["events"]]
        for at, event in made:
            self.overlay.history.add(event, at)
        return {"eventIDs": [event["eventID"] for _, event in made]}

    def made(self, given):
        """(epoch seconds, record)."""
        given = dict(given)
        at = moment(given.pop("at", "now"), self.overlay.now())
        identity = self.identity(given.pop("user", "dev"))
        return at, events.record(identity, given.pop("eventSource", "cloudtrail.amazonaws.com"),
                                 given.pop("eventName"), given.pop("awsRegion", "us-east-1"), at, **given)

    def identity(self, name):
        if isinstance(name, dict):
            return name
        found = next((i for i in self.overlay.identities.users.values() if word(i) == name), None)
        if found is None:
            raise ValueError(f"no user {name}")
        return found

    def post_events_age(self, asked):
        self.overlay.history.shift(asked["seconds"])
        return {}

    def post_history(self, asked):
        for name in ("delay", "rate", "rate_seconds", "empty_pages"):
            if name in asked:
                setattr(self.overlay.history, name, asked[name])
        return {}

    def post_users(self, asked):
        self.overlay.identities.add(asked["name"], asked["key"])
        return {"users": self.overlay.identities.table()}

    def post_status(self, asked):
        self.overlay.trails.set_fields(asked["trail"], asked.get("region"), asked["fields"], self.overlay.now())
        return {}

    def delete_status(self, _):
        self.overlay.trails.overrides.clear()
        return {}

    def post_objects(self, asked):
        self.overlay.storage.set_times(asked, self.overlay.now())
        return {}

    def delete_objects(self, _):
        self.overlay.storage.modified.clear()
        self.overlay.storage.aged.clear()
        return {}

    def post_regions(self, asked):
        for name in ("enabled", "opted_in", "not_opted_in"):
            if name in asked:
                setattr(self.overlay.regions, name, asked[name])
        return {}

    def post_faults(self, asked):
        return {"id": self.overlay.faults.add(asked)}

    def get_faults(self, _):
        return {"faults": self.overlay.faults.held}

    def delete_faults(self, _):
        return {"removed": self.overlay.faults.remove()}

    def post_settings(self, asked):
        for name in asked:
            if name == "s3_redirect":
                self.overlay.storage.redirect = bool(asked[name])
            elif name == "list_page":
                self.overlay.storage.page = asked[name]
            elif name in SETTINGS:
                value = asked[name]
                setattr(self.overlay, name, None if value is None else SETTINGS[name](value))
            else:
                raise ValueError(f"no setting {name}")
        return {}

    def post_estate(self, asked):
        """`argv`: estate.py's words. Here boto3 is read once, and not anew for each of a test's acts."""
        import estate
        with self.building, contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
            try:
                estate.main([str(word) for word in asked["argv"]])
            except (Exception, SystemExit) as problem:  # whatever a refused act comes to
                raise ValueError(f"{type(problem).__name__}: {problem} {said.getvalue()}") from problem
        return {}

    def post_reset(self, _):
        self.overlay.upstream.reset()
        self.overlay.clear()
        return {}

    def post_stop(self, _):
        self.ends = True  # after the answer
        return {}

    def answered(self):
        if self.ends:
            self.stop()
