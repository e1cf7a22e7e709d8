"""Which records a trail's selectors let through
(https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html); management events only."""

FIELDS = {"eventCategory": lambda e: e.get("eventCategory", "Management"),
          "readOnly": lambda e: str(bool(e.get("readOnly"))).lower(),
          "eventSource": lambda e: e["eventSource"], "eventName": lambda e: e["eventName"],
          "eventType": lambda e: e.get("eventType", ""), "userIdentity.arn": lambda e: e["userIdentity"].get("arn", "")}
TESTS = {"Equals": lambda v, w: any(v == x for x in w), "StartsWith": lambda v, w: any(v.startswith(x) for x in w),
         "EndsWith": lambda v, w: any(v.endswith(x) for x in w), "NotEquals": lambda v, w: all(v != x for x in w),
         "NotStartsWith": lambda v, w: not any(v.startswith(x) for x in w),
         "NotEndsWith": lambda v, w: not any(v.endswith(x) for x in w)}


def admits(selectors, event):
    """`selectors` as GetEventSelectors answers them."""
    if selectors.get("AdvancedEventSelectors"):
        return any(all(field(f, event) for f in s["FieldSelectors"]) for s in selectors["AdvancedEventSelectors"])
    return any(classic(s, event) for s in selectors.get("EventSelectors") or [{}])


def classic(selector, event):
    if not selector.get("IncludeManagementEvents", True):
        return False
    if event["eventSource"] in selector.get("ExcludeManagementEventSources", []):
        return False
    wanted = selector.get("ReadWriteType", "All")
    return wanted == "All" or (wanted == "ReadOnly") == bool(event.get("readOnly"))


def field(asked, event):
    read = FIELDS.get(asked["Field"])
    return read is not None and all(TESTS[name](read(event), asked[name]) for name in TESTS if asked.get(name))
