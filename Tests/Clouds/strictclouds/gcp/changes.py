"""What people do to the organization. Every change leaves its audit entry, with its author."""

import copy

from ..common.moments import stamp
from .names import ARCHIVE, HEARTBEAT, MAIN, SUBSCRIPTION, TOPIC

CONFIG = "google.logging.v2.ConfigServiceV2."
LOGS, MONITORING = "logging.googleapis.com", "monitoring.googleapis.com"


class Changes:
    def __init__(self, cloud):
        self.cloud = cloud

    def known(self):
        return sorted(n.removeprefix("do_").replace("_", "-") for n in dir(self) if n.startswith("do_"))

    def make(self, change, person="dev", project=MAIN, **more):
        act = getattr(self, "do_" + change.replace("-", "_"), None)
        if act is None:
            raise ValueError(f"no change {change}; known: {', '.join(self.known())}")
        parent = project if "/" in project else f"projects/{project}"
        return act(parent, person, **more)

    def tell(self, parent, method, name, service, person, request=None, **more):
        self.cloud.happens(parent, method, name, service, person=person, request=request, **more)

    # Sinks
    def sink(self, parent, person, name, edit):
        sink = self.cloud.logging[parent]["sinks"][name]
        new = copy.deepcopy(sink)
        edit(new)
        new["updateTime"] = stamp(self.cloud.now(), 9)
        self.tell(parent, CONFIG + "UpdateSink", f"{parent}/sinks/{name}", LOGS, person, {"sinkName": f"{parent}/sinks/{name}", "sink": new}, kind="logging_sink",
                  permission="logging.sinks.update")
        self.cloud.logging[parent]["sinks"][name] = new

    def do_delete_sink(self, parent, person, name="to-archive"):
        if name not in self.cloud.logging[parent]["sinks"]:
            raise KeyError(name)
        self.tell(parent, CONFIG + "DeleteSink", f"{parent}/sinks/{name}", LOGS, person, {"sinkName": f"{parent}/sinks/{name}"}, kind="logging_sink", permission="logging.sinks.delete")
        del self.cloud.logging[parent]["sinks"][name]

    def do_disable_sink(self, parent, person, name="to-archive"):
        self.sink(parent, person, name, lambda s: s.update(disabled=True))

    def do_enable_sink(self, parent, person, name="to-archive"):
        self.sink(parent, person, name, lambda s: s.pop("disabled", None))

    def do_narrow_sink(self, parent, person, name="to-archive", filter='logName:"cloudaudit.googleapis.com" AND severity>=ERROR'):
        self.sink(parent, person, name, lambda s: s.update(filter=filter))

    def do_widen_sink(self, parent, person, name="to-archive"):
        self.sink(parent, person, name, lambda s: s.update(filter=""))

    def do_remap_sink(self, parent, person, name="to-archive", destination="storage.googleapis.com/somewhere-else"):
        self.sink(parent, person, name, lambda s: s.update(destination=destination))

    def do_exclude_in_sink(self, parent, person, name="to-archive", filter='log_id("cloudaudit.googleapis.com/activity")'):
        self.sink(parent, person, name, lambda s: s.setdefault("exclusions", []).append({"name": "less", "filter": filter, "createTime": stamp(self.cloud.now(), 9)}))

    def do_add_exclusion(self, parent, person, name="less", filter='logName:"cloudaudit.googleapis.com"'):
        one = {"name": name, "filter": filter, "createTime": stamp(self.cloud.now(), 9), "updateTime": stamp(self.cloud.now(), 9)}
        self.tell(parent, CONFIG + "CreateExclusion", f"{parent}/exclusions/{name}", LOGS, person, {"parent": parent, "exclusion": one}, permission="logging.exclusions.create")
        self.cloud.logging[parent]["exclusions"][name] = one

    def do_delete_exclusion(self, parent, person, name="less"):
        self.tell(parent, CONFIG + "DeleteExclusion", f"{parent}/exclusions/{name}", LOGS, person, {"name": f"{parent}/exclusions/{name}"}, permission="logging.exclusions.delete")
        del self.cloud.logging[parent]["exclusions"][name]

    # Destinations
    def do_revoke_writer(self, parent, person, destination="bucket"):
        """The destination no longer lets the sinks write: errors and a sink_error entry follow."""
        policy = self.cloud.bucket_policies[ARCHIVE] if destination == "bucket" else self.cloud.topic_policies[TOPIC]
        policy["bindings"] = policy["bindings"][1:]
        method, name, service = (("storage.setIamPermissions", f"projects/_/buckets/{ARCHIVE}", "storage.googleapis.com") if destination == "bucket" else
                                 ("google.iam.v1.IAMPolicy.SetIamPolicy", TOPIC, "pubsub.googleapis.com"))
        self.tell(f"projects/{MAIN}", method, name, service, person)

    def do_delete_topic(self, parent, person):
        self.tell(f"projects/{MAIN}", "google.pubsub.v1.Publisher.DeleteTopic", TOPIC, "pubsub.googleapis.com", person, {"topic": TOPIC})
        del self.cloud.topics[TOPIC]
        for one in self.cloud.subscriptions.values():
            one["topic"] = "_deleted-topic_"

    def do_delete_subscription(self, parent, person):
        self.tell(f"projects/{MAIN}", "google.pubsub.v1.Subscriber.DeleteSubscription", SUBSCRIPTION, "pubsub.googleapis.com", person, {"subscription": SUBSCRIPTION})
        del self.cloud.subscriptions[SUBSCRIPTION]

    def do_delete_bucket(self, parent, person):
        self.tell(f"projects/{MAIN}", "storage.buckets.delete", f"projects/_/buckets/{ARCHIVE}", "storage.googleapis.com", person)
        del self.cloud.buckets[ARCHIVE]

    def storage(self, person, edit):
        edit(self.cloud.buckets[ARCHIVE])
        self.tell(f"projects/{MAIN}", "storage.buckets.update", f"projects/_/buckets/{ARCHIVE}", "storage.googleapis.com", person, kind="gcs_bucket")

    def do_short_archive(self, parent, person, days=7):
        self.storage(person, lambda b: b.update(retentionPolicy={**b["retentionPolicy"], "retentionPeriod": str(days * 86400), "isLocked": False}))

    def do_unlock_archive(self, parent, person):
        self.storage(person, lambda b: b["retentionPolicy"].update(isLocked=False))

    def do_remove_retention(self, parent, person):
        self.storage(person, lambda b: b.pop("retentionPolicy"))

    def do_short_lifecycle(self, parent, person, days=7):
        self.storage(person, lambda b: b.update(lifecycle={"rule": [{"action": {"type": "Delete"}, "condition": {"age": days}}]}))

    def log_bucket(self, parent, person, name, method, **fields):
        bucket = self.cloud.logging[parent]["buckets"][name]
        bucket.update(fields, updateTime=stamp(self.cloud.now(), 9))
        self.tell(parent, CONFIG + method, bucket["name"], LOGS, person, {"name": bucket["name"]}, permission="logging.buckets.update")

    def do_short_bucket(self, parent, person, name="_Default", days=1):
        self.log_bucket(parent, person, name, "UpdateBucket", retentionDays=days)

    def do_unlock_bucket(self, parent, person, name="_Default"):
        self.log_bucket(parent, person, name, "UpdateBucket", locked=False)

    def do_delete_log_bucket(self, parent, person, name="audit-eu"):
        self.log_bucket(parent, person, name, "DeleteBucket", lifecycleState="DELETE_REQUESTED")

    # Audit configuration
    def audit(self, parent, person, edit, deltas):
        policy = self.cloud.policies[parent]
        edit(policy)
        policy["etag"] = f"BwX{self.cloud.turn:08x}="
        self.tell(parent, "SetIamPolicy", parent, "cloudresourcemanager.googleapis.com", person, permission="resourcemanager.projects.setIamPolicy", kind="project",
                  serviceData={"@type": "type.googleapis.com/google.iam.v1.logging.AuditData", "policyDelta": {"auditConfigDeltas": deltas}})

    def do_exempt(self, parent, person, member="user:dev@example.org", kind="DATA_READ"):
        edit = lambda p: [c.setdefault("exemptedMembers", []).append(member) for a in p["auditConfigs"] for c in a["auditLogConfigs"] if c["logType"] == kind]
        self.audit(parent, person, edit, [{"action": "ADD", "service": "allServices", "exemptedMember": member, "logType": kind}])

    def do_drop_data_access(self, parent, person):
        edit = lambda p: p.pop("auditConfigs")
        self.audit(parent, person, edit, [{"action": "REMOVE", "service": "allServices", "logType": k} for k in ("ADMIN_READ", "DATA_READ", "DATA_WRITE")])

    # The alert path
    def monitored(self, parent, person, kind, number, method, edit):
        one = self.cloud.monitoring[parent][kind][number]
        edit(one)
        self.tell(parent, f"google.monitoring.v3.{method}", one["name"], MONITORING, person, {"name": one["name"]})

    def do_disable_policy(self, parent, person, number="1001"):
        self.monitored(parent, person, "alertPolicies", number, "AlertPolicyService.UpdateAlertPolicy", lambda p: p.update(enabled=False))

    def do_delete_policy(self, parent, person, number="1001"):
        self.monitored(parent, person, "alertPolicies", number, "AlertPolicyService.DeleteAlertPolicy", lambda p: None)
        del self.cloud.monitoring[parent]["alertPolicies"][number]

    def do_unwire_policy(self, parent, person, number="1001"):
        self.monitored(parent, person, "alertPolicies", number, "AlertPolicyService.UpdateAlertPolicy", lambda p: p.update(notificationChannels=[]))

    def do_invalid_policy(self, parent, person, number="1001"):
        self.monitored(parent, person, "alertPolicies", number, "AlertPolicyService.UpdateAlertPolicy", lambda p: p.update(validity={"code": 3, "message": "The metric does not exist."}))

    def do_disable_channel(self, parent, person):
        self.monitored(parent, person, "notificationChannels", "2002", "NotificationChannelService.UpdateNotificationChannel", lambda c: c.update(enabled=False))

    def do_unverify_channel(self, parent, person):
        self.monitored(parent, person, "notificationChannels", "2002", "NotificationChannelService.UpdateNotificationChannel", lambda c: c.update(verificationStatus="UNVERIFIED"))

    def do_delete_channel(self, parent, person):
        self.monitored(parent, person, "notificationChannels", "2002", "NotificationChannelService.DeleteNotificationChannel", lambda c: None)
        del self.cloud.monitoring[parent]["notificationChannels"]["2002"]

    def do_snooze(self, parent, person, hours=4, number="1001"):
        name = f"{parent}/snoozes/3003"
        self.cloud.monitoring[parent]["snoozes"]["3003"] = {"name": name, "displayName": "quiet", "criteria": {"policies": [f"{parent}/alertPolicies/{number}"]},
                                                            "interval": {"startTime": stamp(self.cloud.now() - 60, 6), "endTime": stamp(self.cloud.now() + hours * 3600)}}
        self.tell(parent, "google.monitoring.v3.SnoozeService.CreateSnooze", name, MONITORING, person, {"parent": parent})

    def do_deaf_metric(self, parent, person, name=HEARTBEAT):
        self.cloud.logging[parent]["metrics"][name].update(filter='severity="EMERGENCY"', updateTime=stamp(self.cloud.now(), 9))
        self.tell(parent, "google.logging.v2.MetricsServiceV2.UpdateLogMetric", f"{parent}/metrics/{name}", LOGS, person)

    def do_delete_metric(self, parent, person, name=HEARTBEAT):
        self.tell(parent, "google.logging.v2.MetricsServiceV2.DeleteLogMetric", f"{parent}/metrics/{name}", LOGS, person)
        del self.cloud.logging[parent]["metrics"][name]

    def do_delete_project(self, parent, person):
        self.cloud.states[parent.split("/")[1]] = "DELETE_REQUESTED"
        self.tell(parent, "DeleteProject", parent, "cloudresourcemanager.googleapis.com", person, kind="project")
