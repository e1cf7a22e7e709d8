"""Cloud Monitoring v3: time series of the logging metrics, alert policies, channels, snoozes."""

import re

from ..common.moments import parse, stamp
from . import errors
from .language import Filter

TERM = re.compile(r'\s*(?P<path>[\w.]+|[\w.]+\."[^"]+")\s*(?P<sign>!=|=|:)\s*(?P<call>\w+\()?\s*"(?P<text>[^"]*)"\)?\s*(?:(?P<and>AND)\s+|$)')
ALIGNERS = {"ALIGN_NONE", "ALIGN_DELTA", "ALIGN_RATE", "ALIGN_SUM", "ALIGN_COUNT", "ALIGN_MAX", "ALIGN_MIN", "ALIGN_MEAN"}
REDUCERS = {"REDUCE_NONE", "REDUCE_SUM", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_MEAN", "REDUCE_COUNT"}
ROOT = "logging.googleapis.com/"


class Monitoring:
    def __init__(self, cloud):
        self.cloud = cloud

    def act(self, method, places, request, call, body):
        words = method.op.split(".")[1:]
        parent = f"projects/{places[0]}"
        if words[1] == "timeSeries":
            return self.series(request, call, parent)
        if words[1] not in ("alertPolicies", "notificationChannels", "snoozes"):
            raise errors.denied(call, call["permissions"][0])
        held = self.cloud.monitoring[parent][words[1]]
        if words[2] == "list":
            if request.query.get("filter") or request.query.get("orderBy"):
                raise errors.invalid("strict cloud: no filter or order here")
            told = self.cloud.paged(request, request.query, list(held.values()), 100, words[1])
            return {**told, "totalSize": len(held)} if words[1] != "snoozes" else told
        if words[2] == "get":
            if places[1] not in held:
                raise errors.refusal("NOT_FOUND", f"The {words[1][:-1]} {places[1]} was not found.")
            return held[places[1]]
        raise errors.denied(call, call["permissions"][0])

    def terms(self, text):
        at, terms = 0, []
        while at < len(text):
            found = TERM.match(text, at)
            if not found or (found["call"] not in (None, "starts_with(", "ends_with(", "has_substring(")):
                raise errors.invalid(f"Field filter had an invalid value of \"{text}\": Unparseable filter: syntax error at line 1, column {at + 1}.")
            terms.append((found["path"].replace(".label.", ".labels.").replace('"', ""), found["sign"], found["call"], found["text"]))
            at = found.end()
        if sum(1 for t in terms if t[0] == "metric.type" and t[1:3] == ("=", None)) != 1:
            raise errors.invalid("Field filter had an invalid value: a filter must specify exactly one metric.type.")
        known = re.compile(r"metric\.type|resource\.type|project|group\.id|(metric|resource|metadata\.\w+)\.labels\.\w+")
        if wrong := next((t[0] for t in terms if not known.fullmatch(t[0])), None):
            raise errors.invalid(f"Field filter had an invalid value: unknown field '{wrong}'.")
        return terms

    def series(self, request, call, parent):
        query = request.query
        if not query.get("filter"):
            raise errors.invalid("Field filter is required.")
        terms = self.terms(query["filter"])
        try:
            end = parse(query["interval.endTime"])
            start = parse(query["interval.startTime"]) if "interval.startTime" in query else end
        except KeyError:
            raise errors.invalid("Field interval.endTime is required.") from None
        except ValueError:
            raise errors.invalid("Field interval.endTime had an invalid value.") from None
        if query.get("orderBy") or start > end or end > self.cloud.now() + 600 or query.get("view", "FULL") not in ("FULL", "HEADERS"):
            raise errors.invalid("Field interval, order_by or view had an invalid value.")
        period, aligner, reducer = self.aggregation(request)
        metric = next(t[3] for t in terms if t[0] == "metric.type")
        grouped = {}
        for labels, at, amount in self.points(parent, metric):
            if meets(terms, labels) and at + self.cloud.delays["metrics"] <= self.cloud.now() and start < at <= end:
                grouped.setdefault(tuple(sorted(labels.items())), []).append((at, amount))
        if reducer != "REDUCE_NONE":
            keys = [v.replace(".label.", ".labels.") for n, v in request.pairs if n == "aggregation.groupByFields"]
            merged = {}
            for labels, points in grouped.items():
                kept = tuple(i for i in labels if i[0] in keys or i[0] in ("metric.type", "resource.type"))
                merged.setdefault(kept, []).extend(points)
            grouped = merged
        flat = []
        for labels, points in grouped.items():
            width = period or 60
            buckets = {}
            for at, amount in points:
                edge = end - ((end - at) // width) * width
                buckets[edge] = buckets.get(edge, 0) + (1 if aligner == "ALIGN_COUNT" else amount)
            flat += [(labels, at, buckets[at]) for at in sorted(buckets, reverse=True)]
        told = self.cloud.paged(request, {n: v for n, v in query.items()}, flat, 100_000, "points")
        told["timeSeries"] = written(told.pop("points", []), period or 60, query.get("view") == "HEADERS", aligner)
        if told["timeSeries"]:
            told["unit"] = "1"
        if "partial" in call["quirks"]:
            told["executionErrors"] = [{"code": 14, "message": "Some data could not be read."}]
            told["timeSeries"] = []
        return told

    def aggregation(self, request):
        query = request.query
        period, aligner = query.get("aggregation.alignmentPeriod"), query.get("aggregation.perSeriesAligner", "ALIGN_NONE")
        reducer = query.get("aggregation.crossSeriesReducer", "REDUCE_NONE")
        if aligner not in ALIGNERS or reducer not in REDUCERS:
            raise errors.invalid("Field aggregation had an invalid value.")
        if (period is None) != (aligner == "ALIGN_NONE") or (reducer != "REDUCE_NONE" and aligner == "ALIGN_NONE"):
            raise errors.invalid("Field aggregation.perSeriesAligner had an invalid value: an alignment period and an aligner belong together.")
        if period is not None and (not re.fullmatch(r"\d+s", period) or int(period[:-1]) < 60):
            raise errors.invalid("Field aggregation.alignmentPeriod had an invalid value: at least 60s.")
        if any(n.startswith("secondaryAggregation") for n in query):
            raise errors.invalid("strict cloud: no secondary aggregation")
        return int(period[:-1]) if period else None, aligner, reducer

    def points(self, parent, metric):
        """(labels, time, amount) of everything that the metric counts in this project."""
        project = parent.split("/")[1]
        common = {"metric.type": metric, "resource.labels.project_id": project}
        if metric in (f"{ROOT}exports/log_entry_count", f"{ROOT}exports/error_count", f"{ROOT}exports/byte_count"):
            for one in self.cloud.exports:
                if one["parent"] == parent and one["ok"] == (not metric.endswith("error_count")):
                    yield {**common, "resource.type": "logging_sink", "resource.labels.name": one["sink"],
                           "resource.labels.destination": one["destination"]}, one["at"], 900 if metric.endswith("byte_count") else 1
        elif metric in (f"{ROOT}log_entry_count", f"{ROOT}byte_count"):
            for one in self.cloud.entries[parent]:
                if one["stored"]:
                    entry = one["entry"]
                    yield {**common, "resource.type": entry["resource"]["type"], "metric.labels.log": entry["logName"].partition("/logs/")[2].replace("%2F", "/"),
                           "metric.labels.severity": entry.get("severity", "DEFAULT")}, one["at"], 1 if metric.endswith("entry_count") else 900
        elif metric.startswith(f"{ROOT}user/"):
            defined = self.cloud.logging[parent]["metrics"].get(metric.removeprefix(f"{ROOT}user/"))
            if defined is None:
                raise errors.refusal("NOT_FOUND", f"Cannot find metric(s) that match type = \"{metric}\". If a metric was created recently, it could take up to 10 minutes "
                                     "to become available. Please try again soon.")
            wanted = Filter(defined["filter"])
            for one in self.cloud.entries[parent]:
                if not defined.get("disabled") and wanted(one["entry"]):
                    yield {**common, "resource.type": one["entry"]["resource"]["type"]}, one["at"], 1
        elif metric.split("/", 1)[-1] in ("billing/bytes_ingested", "logs_based_metrics_error_count", "dropped_log_entry_count", "billing/log_bucket_bytes_ingested"):
            return
        else:
            raise errors.refusal("NOT_FOUND", f"Cannot find metric(s) that match type = \"{metric}\".")


def meets(terms, labels):
    for path, sign, call, text in terms:
        value = labels.get(path)
        if value is None and path in ("project", "group.id"):
            continue
        met = value is not None and {None: value == text, "starts_with(": value.startswith(text) if value else False,
                                     "ends_with(": value.endswith(text) if value else False, "has_substring(": text in (value or "")}[call]
        if met != (sign != "!="):
            return False
    return True


def written(points, width, headers, aligner):
    series = {}
    for labels, at, amount in points:
        split = lambda start: {n.removeprefix(start): v for n, v in labels if n.startswith(start)}
        one = series.setdefault(labels, {"metric": {"type": dict(labels)["metric.type"], "labels": split("metric.labels.")},
                                         "resource": {"type": dict(labels).get("resource.type", "global"), "labels": split("resource.labels.")},
                                         "metricKind": "DELTA", "valueType": "DOUBLE" if aligner == "ALIGN_RATE" else "INT64", "points": []})
        if not headers:
            value = {"doubleValue": amount / width} if aligner == "ALIGN_RATE" else {"int64Value": str(amount)}
            one["points"].append({"interval": {"startTime": stamp(at - width, 6), "endTime": stamp(at, 6)}, "value": value})
    for one in series.values():
        if not one["metric"]["labels"]:
            del one["metric"]["labels"]
    return list(series.values())


