"""What a test may ask of the overlay about what lies behind the trail: groups, queues, people, the echo."""

import json

from . import bridge
from .call import Call
from .identity import ACCOUNT, USERS
from .moments import moment


class PipelineControl:
    def post_organization(self, asked):
        """A trail of the management account, as members see it: `arn`, `trail` and `status` fields."""
        self.overlay.organization.add(asked["arn"], asked.get("trail", {}), asked.get("status", {}), self.overlay.now())
        return {}

    def post_subscriptions(self, asked):
        """`confirmed` true or false for an `endpoint`."""
        met = self.overlay.people.confirm(asked["endpoint"], asked["confirmed"])
        if not met:
            raise ValueError(f"nobody is subscribed as {asked['endpoint']}")
        return {"subscriptions": met}

    def post_rates(self, asked):
        """`limits`: [{service, operations or null, per_second}], per account and region; [] lifts them."""
        self.overlay.rates.limits = asked["limits"]
        self.overlay.rates.passed.clear()
        return {}

    def post_group_lines(self, asked):
        """Lines into a log `group`: `message` (text, or a record), `at`, `arrived`, `stream`."""
        region, now = asked.get("region", "us-east-1"), self.overlay.now()
        for line in asked["lines"]:
            message = line["message"] if isinstance(line["message"], str) else json.dumps(line["message"])
            at = moment(line.get("at", "now"), now)
            stream = line.get("stream", f"{ACCOUNT}_CloudTrail_{region}")
            self.overlay.groups.add(ACCOUNT, region, asked["group"], stream, message, at, moment(line.get("arrived", at), now))
        return {}

    def post_group_events(self, asked):
        """Records into a log `group`, given as for `events`; `arrived` of all of them."""
        made = [self.made(given) for given in asked["events"]]
        arrived = asked.get("arrived")
        return self.post_group_lines({**asked, "lines": [
            {"message": event, "at": at, "arrived": at if arrived is None else arrived,
             "stream": f"{ACCOUNT}_CloudTrail_{event['awsRegion']}"} for at, event in made]})

    def post_group_age(self, asked):
        self.overlay.groups.shift(ACCOUNT, asked.get("region", "us-east-1"), asked["group"], asked["seconds"])
        return {}

    def post_group(self, asked):
        """`empty_pages` before the first full one; `shard`: lines looked through a page at most."""
        for name in ("empty_pages", "shard"):
            if name in asked:
                setattr(self.overlay.groups, name, asked[name])
        return {}

    def post_messages(self, asked):
        """Into a `queue` (its name): an `event` as EventBridge sends it, or a `body` as it is; `wrapped` as by SNS."""
        region = asked.get("region", "us-east-1")
        text = asked.get("body")
        if text is None:
            text = json.dumps(bridge.envelope(self.made(asked["event"])[1], **asked.get("envelope", {})))
        if asked.get("wrapped"):
            text = bridge.wrapped(text, asked.get("topic", f"arn:aws:sns:{region}:{ACCOUNT}:audit-alerts"))
        if not self.overlay.bridge.send(self.own_call(region), f"arn:aws:sqs:{region}:{ACCOUNT}:{asked['queue']}", text):
            raise ValueError(f"no queue {asked['queue']}")
        return {}

    def own_call(self, region):
        return Call("POST", "/", {}, b"", region=region, access_key=next(iter(USERS)))

    def post_bridge(self, asked):
        """`on`: rules send on what is recorded, as long as a trail logs."""
        self.overlay.bridge.on = bool(asked["on"])
        return {}

    def get_bridge(self, _):
        return {"on": self.overlay.bridge.on, "sent": self.overlay.bridge.sent}

    def post_echo(self, asked):
        """`on`: recorded calls come out at the trails' ends, `delay` seconds later; `history_delay` in Event history;
        `cut`: ends ("s3", "group") where they silently do not."""
        delivery = self.overlay.delivery
        delivery.on = bool(asked.get("on", delivery.on))
        delivery.delay = asked.get("delay", delivery.delay)
        delivery.cut = set(asked.get("cut", delivery.cut))
        self.overlay.history.delay = asked.get("history_delay", self.overlay.history.delay)
        return {}

    def get_echo(self, _):
        delivery = self.overlay.delivery
        return {"on": delivery.on, "waiting": len(delivery.waiting), "delivered": delivery.delivered}

    def post_echo_flush(self, _):
        """Delivers all that waits, due or not."""
        return {"records": self.overlay.delivery.flush(self.overlay.now(), all_of_it=True)}

    def post_data_stores(self, asked):
        self.overlay.lake.stores = asked["stores"]
        return {}

    def post_public_keys(self, asked):
        self.overlay.lake.public_keys = asked["keys"]
        return {}
