"""CloudWatch alarms where moto has no operation: their actions switched off and on, and their history."""

import json

from .answers import Answer, cbor_map, failure, success, success_xml

TARGET = "GraniteServiceVersion20100801."
KEPT = ("AlarmName", "AlarmDescription", "OKActions", "AlarmActions", "InsufficientDataActions", "MetricName",
        "Namespace", "Statistic", "ExtendedStatistic", "Dimensions", "Period", "Unit", "EvaluationPeriods",
        "DatapointsToAlarm", "Threshold", "ComparisonOperator", "TreatMissingData", "Metrics")
SPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/"


class Alarms:
    def __init__(self, upstream):
        self.upstream = upstream

    def answer(self, call):
        """AWS's answer, or None where moto's own will do."""
        if call.operation in ("DisableAlarmActions", "EnableAlarmActions"):
            names = call.params.get("AlarmNames") or [v for k, v in call.params.items() if k.startswith("AlarmNames.")]
            return self.switch(call, names, call.operation == "EnableAlarmActions")
        if call.operation == "DescribeAlarmHistory":
            return told(call, {"AlarmHistoryItems": []}, "<AlarmHistoryItems/>")
        return None

    def switch(self, call, names, on):
        found = self.ask(call, "DescribeAlarms", {"AlarmNames": names}).get("MetricAlarms", [])
        if not names:
            return failure(call, 400, "ValidationError", "AlarmNames must not be empty")
        for alarm in found:  # AWS passes over names that it does not know
            held = {k: alarm[k] for k in KEPT if alarm.get(k) not in (None, [])}
            self.ask(call, "PutMetricAlarm", {**held, "ActionsEnabled": on})
        return told(call, {}, "")

    def ask(self, call, operation, params):
        answer = self.upstream.json(call, "monitoring", call.region, TARGET + operation, params, "1.0")
        return json.loads(answer.body) if answer.status == 200 and answer.body else {}


def told(call, value, xml):
    if call.protocol == "json":
        return success(call, value)
    if call.protocol == "query":
        name = call.operation
        inner = f"<{name}Result>{xml}</{name}Result>" if xml else ""
        return success_xml(f'<{name}Response xmlns="{SPACE}">{inner}</{name}Response>')
    pairs = bytes([0xA1]) + b"\x71AlarmHistoryItems\x80" if value else cbor_map({})
    return Answer(200, [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")], pairs)
