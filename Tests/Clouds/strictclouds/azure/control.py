"""What a test may ask of the Azure stand-in."""

import json
import os

from ..common.control import SETTINGS, Control
from ..common.moments import moment
from ..common.rsa import pad
from . import names
from .changes import Changes


class AzureControl(Control):
    def settings(self):
        return {**SETTINGS, "firewalled": bool}

    def facts(self):
        return {"cloud": "azure", "endpoints": dict(self.cloud.endpoints), "tenant": names.TENANT, "client": names.CLIENT, "secret": names.SECRET,
                "subscriptions": names.SUBSCRIPTIONS, "workspace": names.WORKSPACE, "customer": names.CUSTOMER, "store": names.STORE,
                "account": names.ACCOUNT, "queue": names.QUEUE, "vaults": {n: names.VAULTS[s] for n, s in names.SUBSCRIPTIONS.items()},
                "echo_group": names.ECHO_GROUP, "changes": Changes(self.cloud).known()}

    def get_facts(self, _):
        return self.facts()

    def post_credentials(self, asked):
        """Writes what each way to sign in needs into a folder; tells the environment of each."""
        folder, cloud = asked["folder"], self.cloud
        key, federated = cloud.key("client"), cloud.key("federated")
        now = int(cloud.now())
        claims = {"iss": cloud.entra.federated["issuer"], "sub": cloud.entra.federated["subject"], "aud": ["api://AzureADTokenExchange"],
                  "iat": now, "nbf": now, "exp": now + 3600}
        token = sign(federated, claims)
        for name, text in (("client.pem", key.private + key.certificate), ("federated-token", token)):
            with open(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        common = {"AZURE_TENANT_ID": names.TENANT, "AZURE_CLIENT_ID": names.CLIENT, "AZURE_AUTHORITY_HOST": cloud.endpoint("login")}
        return {"secret": {**common, "AZURE_CLIENT_SECRET": names.SECRET},
                "certificate": {**common, "AZURE_CLIENT_CERTIFICATE_PATH": os.path.join(folder, "client.pem")},
                "federated": {**common, "AZURE_FEDERATED_TOKEN_FILE": os.path.join(folder, "federated-token")},
                "imds": {"AZURE_POD_IDENTITY_AUTHORITY_HOST": cloud.endpoint("imds"), "AZURE_CLIENT_ID": names.CLIENT},
                "appservice": {"IDENTITY_ENDPOINT": cloud.endpoint("appservice") + "/msi/token", "IDENTITY_HEADER": cloud.entra.identity_header}}

    def post_tokens(self, asked):
        """{"expire": true} ends every token now; {"mint": audience} makes one."""
        if asked.get("expire"):
            self.cloud.entra.expire()
        return {"token": self.cloud.entra.mint(asked["mint"], asked.get("seconds"))} if "mint" in asked else {}

    def post_change(self, asked):
        """{"change": NAME, "as": a person, "subscription": dev or test, …}"""
        asked = dict(asked)
        Changes(self.cloud).make(asked.pop("change"), asked.pop("as", "dev"), asked.pop("subscription", "dev"), **asked)
        return {}

    def post_put(self, asked):
        """Any resource as it is from now on: {"resource": {...}, "as": …}."""
        Changes(self.cloud).put(asked["resource"]["id"], asked["resource"], asked.get("as", "dev"))
        return {}

    def post_patch(self, asked):
        """{"id": …, "set": {"properties.enabled": false}, "as": …}"""
        def edit(resource):
            for path, value in asked["set"].items():
                at = resource
                *way, last = path.split(".")
                for word in way:
                    at = at[int(word)] if isinstance(at, list) else at[word]
                at[int(last) if isinstance(at, list) else last] = value
        Changes(self.cloud).put(asked["id"], edit, asked.get("as", "dev"))
        return {}

    def post_delete(self, asked):
        Changes(self.cloud).remove(asked["id"], asked.get("as", "dev"))
        return {}

    def get_resource(self, asked):
        return self.cloud.store[asked["id"].lower()]

    def post_events(self, asked):
        """{"events": [{"operation", "resource", "subscription", "as", "status", "at", "twice"}]}"""
        told = []
        for given in asked["events"]:
            given = dict(given)
            sub = names.SUBSCRIPTIONS.get(given.pop("subscription", "dev"))
            at = moment(given.pop("at", "now"), self.cloud.now())
            told.append(self.cloud.happens(sub, given.pop("operation"), given.pop("resource", f"/subscriptions/{sub}"), at=at,
                                           person=given.pop("as", "dev"), **given))
        return {"correlations": told}

    def post_streams(self, asked):
        """{"subscription": dev, "every": seconds or 0 for none, "resource_every": …, "rebuild": true}"""
        stream = self.cloud.streams[names.SUBSCRIPTIONS[asked["subscription"]]]
        for name in ("every", "resource_every"):
            if name in asked:
                stream[name] = float(asked[name])
                stream[name.replace("every", "next")] = self.cloud.now() + float(asked[name])
        if asked.get("rebuild"):
            self.cloud.rebuild()
        return {}

    def post_cut(self, asked):
        """Records are lost though all settings look well: {"end": workspace|storage, "kind": activity|resource, "subscription": dev}"""
        if "subscription" in asked:
            asked["subscription"] = names.SUBSCRIPTIONS[asked["subscription"]]
        self.cloud.cuts.append(asked)
        return {}

    def delete_cut(self, _):
        self.cloud.cuts.clear()
        return {}

    def post_delays(self, asked):
        self.cloud.delays.update({n: float(v) for n, v in asked.items() if n in self.cloud.delays})
        return self.cloud.delays

    def post_messages(self, asked):
        """{"text": as it stands} or {"event": JSON, written in base64 as Event Grid does}"""
        self.cloud.queue.put(asked["text"] if "text" in asked else dict(asked["event"]), self.cloud.now())
        return {}

    def get_messages(self, _):
        return {"count": len(self.cloud.queue.held)}

    def post_tables(self, asked):
        """{"drop": [names]}: tables that never got data do not exist."""
        for name in asked["drop"]:
            self.cloud.rows[names.CUSTOMER].pop(name, None)
        return {}

    def post_operation(self, asked):
        self.cloud.operation_row(asked.get("category", "Ingestion"), asked.get("operation", ""), asked.get("level", "Warning"), asked["detail"])
        return {}


def sign(key, claims, **header):
    """A JWT signed with openssl."""
    import subprocess
    import tempfile
    message = ".".join(pad(json.dumps(p).encode()) for p in ({"alg": "RS256", "typ": "JWT", **header}, claims))
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(key.private)
        file.flush()
        raw = subprocess.run(["openssl", "dgst", "-sha256", "-sign", file.name], input=message.encode(), capture_output=True, check=True).stdout
    return f"{message}.{pad(raw)}"
