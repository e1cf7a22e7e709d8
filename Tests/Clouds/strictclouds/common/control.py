"""What a test may ask of the server itself, under /_control/ of every listener: JSON in, JSON out."""

import json
import urllib.parse

from .moments import moment

SETTINGS = {"skew": float, "token_seconds": float, "page_size": int, "history": float}


class Control:
    def __init__(self, cloud, stop):
        self.cloud, self.stop, self.ends, self.told = cloud, stop, False, {}

    def answer(self, method, target, body):
        """(status, value)."""
        path, _, query = target.partition("?")
        name = path.removeprefix("/_control").strip("/").replace("/", "_").replace("-", "_")
        if method == "DELETE" and name.startswith("faults_"):
            return 200, {"removed": self.cloud.faults.remove(name.removeprefix("faults_"))}
        act = getattr(self, f"{method.lower()}_{name}", None)
        if act is None:
            return 404, {"error": f"no {method} {path}"}
        try:
            asked = json.loads(body or b"{}")
            with self.cloud.lock:
                self.cloud.tick()
                return 200, act({**dict(urllib.parse.parse_qsl(query)), **asked})
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
            return 400, {"error": f"{type(problem).__name__}: {problem}"}

    def get_ready(self, _):
        return {"ready": True, **self.told}

    def get_calls(self, asked):
        since = int(asked.pop("since", 0))
        return {"calls": [c for c in self.cloud.calls if c["n"] > since
                          and all(str(c.get(w)) == v for w, v in asked.items())]}

    def delete_calls(self, _):
        self.cloud.calls.clear()
        return {}

    def post_faults(self, asked):
        return {"id": self.cloud.faults.add(asked)}

    def get_faults(self, _):
        return {"faults": self.cloud.faults.held}

    def delete_faults(self, _):
        return {"removed": self.cloud.faults.remove()}

    def post_deny(self, asked):
        """{"permission": a name or pattern, "scope": below which resource; all if left out}."""
        if set(asked) - {"permission", "scope"} or not asked.get("permission"):
            raise ValueError("a denial has a permission and a scope")
        self.cloud.denials.append(asked)
        return {"denials": self.cloud.denials}

    def delete_deny(self, _):
        self.cloud.denials.clear()
        return {}

    def get_clock(self, _):
        return {"now": self.cloud.now()}

    def post_clock(self, asked):
        """{"move": seconds} or {"at": a time}: what was due by then happens."""
        if "at" in asked:
            self.cloud.offset += moment(asked["at"], self.cloud.now()) - self.cloud.now()
        self.cloud.offset += asked.get("move", 0)
        self.cloud.tick()
        return {"now": self.cloud.now()}

    def post_past(self, asked):
        """{"seconds": …}: from now on it is that long ago, with the records of then. `clock` goes on from there."""
        self.cloud.offset -= asked["seconds"]
        self.cloud.rebuild()
        return {"now": self.cloud.now()}

    def post_settings(self, asked):
        for name, value in asked.items():
            if name not in self.settings():
                raise ValueError(f"no setting {name}")
            setattr(self.cloud, name, None if value is None else self.settings()[name](value))
        return {}

    def settings(self):
        return SETTINGS

    def post_reset(self, _):
        self.cloud.clear()
        return {}

    def post_stop(self, _):
        self.ends = True  # after the answer
        return {}

    def answered(self):
        if self.ends:
            self.stop()
