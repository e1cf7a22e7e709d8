"""EventBridge's events of CloudTrail's records: what rules send on, to queues and topics
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html)."""

import json
import uuid
from urllib.parse import urlencode

ALL_READS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def envelope(event, **more):
    """The whole `AWS API Call via CloudTrail` event around a record."""
    name = event["eventSource"].removesuffix(".amazonaws.com")
    kind = "AWS Console Sign In via CloudTrail" if event["eventName"] == "ConsoleLogin" else "AWS API Call via CloudTrail"
    return {"version": "0", "id": str(uuid.uuid4()), "detail-type": kind, "source": f"aws.{name}",
            "account": event.get("recipientAccountId", ""), "time": event["eventTime"],
            "region": event["awsRegion"], "resources": [], "detail": event, **more}


def wrapped(text, topic):
    """As SNS puts a message into a queue, without raw delivery."""
    return json.dumps({
        "Type": "Notification", "MessageId": str(uuid.uuid4()), "TopicArn": topic, "Message": text,
        "Timestamp": "2026-01-01T00:00:00.000Z", "SignatureVersion": "1", "Signature": "EXAMPLE",
        "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-example.pem",
        "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe"})


class Bridge:
    def __init__(self, upstream):
        self.upstream = upstream
        self.on = False
        self.sent = 0

    def offer(self, call, event, live):
        """Sends a record on, as the rules of its region say; nothing while no trail logs (D05)."""
        if not self.on or not live:
            return
        value = envelope(event)
        for rule in self.ask(call, event, "ListRules", {}).get("Rules", []):
            state = rule.get("State", "")
            if not state.startswith("ENABLED") or (event["readOnly"] and state != ALL_READS):
                continue
            if fits(rule.get("EventPattern"), value):
                told = self.ask(call, event, "ListTargetsByRule", {"Rule": rule["Name"]})
                for target in told.get("Targets", []):
                    self.send(call, target["Arn"], json.dumps(value))

    def ask(self, call, event, operation, params):
        answer = self.upstream.json(call, "events", event["awsRegion"], "AWSEvents." + operation, params)
        return json.loads(answer.body) if answer.status == 200 and answer.body else {}

    def send(self, call, arn, text):
        """Into a queue, or through a topic into the queues behind it; other targets are passed over."""
        service, region, account, name = (arn.split(":", 5) + [""] * 6)[2:6]
        if service == "sqs":
            answer = self.upstream.json(call, "sqs", region, "AmazonSQS.SendMessage", {
                "QueueUrl": f"http://127.0.0.1/{account}/{name}", "MessageBody": text}, "1.0")
        elif service == "sns":
            body = urlencode({"Action": "Publish", "Version": "2010-03-31", "TopicArn": arn, "Message": text})
            answer = self.upstream.form(call, "sns", region, body)
        else:
            return False
        self.sent += answer.status == 200
        return answer.status == 200


def fits(pattern, value):
    from moto.events.models import EventPattern
    try:
        return bool(pattern) and EventPattern.load(pattern).matches_event(value)
    except Exception:  # moto's own error: a pattern that it cannot read matches nothing
        return False
