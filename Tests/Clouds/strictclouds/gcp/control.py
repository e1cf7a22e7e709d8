"""What a test may ask of the Google Cloud stand-in."""

import json
import os

from ..common.control import SETTINGS, Control
from ..common.moments import moment
from . import names
from .changes import Changes
from .tokens import ROOT


class GoogleControl(Control):
    def settings(self):
        return {**SETTINGS, "empty_pages": int}

    def facts(self):
        return {"cloud": "gcp", "endpoints": dict(self.cloud.endpoints), "projects": names.NUMBERS, "organization": names.ORGANIZATION, "folder": names.FOLDER,
                "archive": names.ARCHIVE, "topic": names.TOPIC, "subscription": names.SUBSCRIPTION, "dataset": f"projects/{names.MAIN}/datasets/{names.DATASET}",
                "email": names.EMAIL, "target": names.TARGET, "echo_metric": names.ECHO_METRIC, "heartbeat": names.HEARTBEAT, "changes": Changes(self.cloud).known()}

    def get_facts(self, _):
        return self.facts()

    def post_credentials(self, asked):
        """Writes a credential file of each kind into a folder; tells their paths."""
        from ..azure.control import sign
        cloud, folder = self.cloud, asked["folder"]
        end = cloud.endpoint
        account = {"type": "service_account", "project_id": names.MAIN, "private_key_id": names.KEY_ID, "private_key": cloud.key("account").private,
                   "client_email": names.EMAIL, "client_id": "1090", "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": end("token") + "/token",
                   "universe_domain": "googleapis.com"}
        user = {"type": "authorized_user", "client_id": names.CLIENT_ID, "client_secret": names.CLIENT_SECRET, "refresh_token": names.REFRESH,
                "quota_project_id": names.MAIN, "account": "", "universe_domain": "googleapis.com"}
        subject = os.path.join(folder, "subject-token")
        now = int(cloud.now())
        url = f"{end('iamcredentials')}/v1/projects/-/serviceAccounts/{names.TARGET}:generateAccessToken"
        external = {"type": "external_account", "audience": names.POOL, "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "token_url": end("sts") + "/v1/token",
                    "credential_source": {"file": subject, "format": {"type": "json", "subject_token_field_name": "id_token"}}, "universe_domain": "googleapis.com"}
        files = {"service_account": account, "authorized_user": {**user, "token_uri": end("token") + "/token"}, "external_account": external,
                 "external_impersonated": {**external, "service_account_impersonation_url": url},
                 "impersonated": {"type": "impersonated_service_account", "service_account_impersonation_url": url, "delegates": [], "source_credentials": account}}
        token = sign(cloud.key("federated"), {"iss": names.ISSUER, "sub": "repo:acme/infra", "aud": "https:" + names.POOL, "iat": now, "exp": now + 3600})
        told = {}
        for name, value in {**files, "subject-token": {"id_token": token}}.items():
            told[name] = os.path.join(folder, name if name == "subject-token" else f"{name}.json")
            with open(os.open(told[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(value, file)
        return told

    def post_tokens(self, asked):
        """{"expire": true}; {"mint": principal, "scopes": [short names], "kind": account|user}"""
        if asked.get("expire"):
            self.cloud.tokens.expire()
        if "mint" not in asked:
            return {}
        return {"token": self.cloud.tokens.mint(asked["mint"], [s.removeprefix(ROOT) for s in asked.get("scopes", ["cloud-platform"])], asked.get("kind", "account"), asked.get("seconds"))}

    def post_vm(self, asked):
        """{"scopes": [...]} that the machine was started with."""
        self.cloud.tokens.vm_scopes = set(asked["scopes"])
        return {}

    def post_change(self, asked):
        """{"change": NAME, "as": a person, "project": acme-analytics, …}"""
        asked = dict(asked)
        Changes(self.cloud).make(asked.pop("change"), asked.pop("as", "dev"), asked.pop("project", names.MAIN), **asked)
        return {}

    def post_entries(self, asked):
        """{"entries": [{"method", "resource", "service", "project", "as", "at", …}]}"""
        told = []
        for given in asked["entries"]:
            given = dict(given)
            project = given.pop("project", names.MAIN)
            parent = project if "/" in project else f"projects/{project}"
            at = moment(given.pop("at", "now"), self.cloud.now())
            told.append(self.cloud.happens(parent, given.pop("method"), given.pop("resource", parent), given.pop("service", "logging.googleapis.com"), at=at,
                                           person=given.pop("as", "dev"), **given))
        return {"ids": told}

    def post_streams(self, asked):
        """{"project": …, "every": seconds or 0 for none, "data_every": …, "rebuild": true}"""
        stream = self.cloud.streams[f"projects/{asked.get('project', names.MAIN)}"]
        for name in ("every", "data_every"):
            if name in asked:
                stream[name] = float(asked[name])
                stream[name.replace("every", "next")] = self.cloud.now() + float(asked[name])
        if asked.get("rebuild"):
            self.cloud.rebuild()
        return {}

    def post_cut(self, asked):
        """Entries of a sink are lost though nothing says so: {"sink": to-archive, "project": projects/acme-analytics}"""
        self.cloud.cuts.append(asked)
        return {}

    def delete_cut(self, _):
        self.cloud.cuts.clear()
        return {}

    def post_delays(self, asked):
        self.cloud.delays.update({n: float(v) for n, v in asked.items() if n in self.cloud.delays})
        return self.cloud.delays

    def post_messages(self, asked):
        """{"text": as it stands} or {"entry": JSON}"""
        self.cloud.resources.publish(names.TOPIC, asked["text"] if "text" in asked else asked["entry"], self.cloud.now())
        return {}

    def get_messages(self, _):
        return {name: len(held) for name, held in self.cloud.messages.items()}

    def get_sink(self, asked):
        return self.cloud.logging[asked["parent"]]["sinks"][asked["name"]]
