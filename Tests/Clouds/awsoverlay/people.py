"""SNS where moto differs: an e-mail or web endpoint is `PendingConfirmation` until somebody confirms it
(https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html)."""

import re
from urllib.parse import unquote

ASKED_FIRST = ("email", "email-json", "http", "https")


class People:
    def __init__(self):
        self.endpoints = {}  # subscription ARN -> endpoint
        self.pending = set()  # subscription ARNs

    def confirm(self, endpoint, confirmed):
        """By endpoint; says how many subscriptions that met."""
        met = [arn for arn, held in self.endpoints.items() if held == endpoint]
        for arn in met:
            (self.pending.discard if confirmed else self.pending.add)(arn)
        return len(met)

    def corrected(self, call, answer):
        if answer.status != 200:
            return
        if call.operation == "Subscribe":
            self.learn(call, answer)
        elif call.operation.startswith("ListSubscriptions"):
            for arn in self.pending:
                answer.body = answer.body.replace(f"<SubscriptionArn>{arn}<".encode(),
                                                  b"<SubscriptionArn>PendingConfirmation<")
        elif call.operation == "GetTopicAttributes":
            self.count(call.params.get("TopicArn", ""), answer)
        elif call.operation == "GetSubscriptionAttributes" and call.params.get("SubscriptionArn") in self.pending:
            answer.body = re.sub(rb"(<key>PendingConfirmation</key>\s*<value>)[^<]*", rb"\1true", answer.body)
        elif call.operation == "Unsubscribe":
            self.pending.discard(call.params.get("SubscriptionArn"))
            self.endpoints.pop(call.params.get("SubscriptionArn"), None)

    def learn(self, call, answer):
        found = re.search(rb"<SubscriptionArn>([^<]*)<", answer.body)
        arn = found[1].decode() if found else ""
        known = arn in self.endpoints
        self.endpoints[arn] = unquote(call.params.get("Endpoint", ""))
        if call.params.get("Protocol") in ASKED_FIRST and not known:
            self.pending.add(arn)
        if arn in self.pending and call.params.get("ReturnSubscriptionArn") != "true":
            answer.body = answer.body.replace(found[0], b"<SubscriptionArn>pending confirmation<")

    def count(self, topic, answer):
        mine = [arn for arn in self.endpoints if arn.startswith(topic + ":")]
        pending = sum(arn in self.pending for arn in mine)
        for name, number in (("SubscriptionsPending", pending), ("SubscriptionsConfirmed", len(mine) - pending)):
            answer.body = re.sub(f"(<key>{name}</key>\\s*<value>)[^<]*".encode(), rf"\g<1>{number}".encode(), answer.body)
