"""CloudTrail operations that moto lacks: event data stores, channels, event configuration, public keys, Insights."""

from .answers import failure, success

NAMES = ("ListEventDataStores", "GetEventDataStore", "ListChannels", "GetEventConfiguration", "ListPublicKeys")


class Lake:
    def __init__(self):
        self.stores = []  # as ListEventDataStores tells them
        self.public_keys = []

    def answer(self, call, account):
        p = call.params
        if call.operation == "ListEventDataStores":
            return success(call, {"EventDataStores": [
                {k: s[k] for k in ("EventDataStoreArn", "Name") if k in s} for s in self.stores]})
        if call.operation == "GetEventDataStore":
            found = next((s for s in self.stores if s["EventDataStoreArn"] == p.get("EventDataStore")), None)
            return success(call, found) if found else failure(
                call, 400, "EventDataStoreNotFoundException", "The specified event data store was not found.")
        if call.operation == "ListChannels":
            return success(call, {"Channels": []})
        if call.operation == "ListPublicKeys":
            return success(call, {"PublicKeyList": self.public_keys})
        if not (p.get("TrailName") or p.get("EventDataStore")):
            return failure(call, 400, "InvalidParameterCombinationException", "TrailName or EventDataStore is needed")
        arn = p.get("TrailName") or p.get("EventDataStore")
        arn = arn if arn.startswith("arn:") else f"arn:aws:cloudtrail:{call.region}:{account}:trail/{arn}"
        return success(call, {"TrailARN": arn, "MaxEventSize": "Standard", "ContextKeySelectors": []})
