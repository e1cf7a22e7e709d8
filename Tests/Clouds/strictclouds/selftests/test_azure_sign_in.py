"""Tokens of Azure: every way in, every way to be refused."""

import tempfile
import urllib.parse
import uuid

from ..azure import names
from ..azure.control import sign
from .case import StrictCase

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SCOPE = "https://management.azure.com/.default"


class SignIn(StrictCase):
    name = "azure"

    def form(self, **fields):
        status, told = self.call("login", f"/{names.TENANT}/oauth2/v2.0/token", "POST", urllib.parse.urlencode(fields).encode(), FORM, token=False)
        return status, told

    def base(self, **fields):
        return self.form(**{"grant_type": "client_credentials", "client_id": names.CLIENT, "scope": SCOPE, **fields})

    def works(self, token, wanted=200):
        self.assertEqual(self.call("arm", "/subscriptions?api-version=2022-12-01", token=token)[0], wanted)

    def test_secret(self):
        status, told = self.base(client_secret=names.SECRET)
        self.assertEqual((status, told["token_type"], told["expires_in"]), (200, "Bearer", 3599))
        self.works(told["access_token"])

    def test_refusals(self):
        table = [({"client_secret": "wrong"}, 401, 7000215), ({"client_secret": names.SECRET, "client_id": str(uuid.uuid4())}, 400, 700016),
                 ({"client_secret": names.SECRET, "scope": "https://management.azure.com/"}, 400, 1002012),
                 ({"client_secret": names.SECRET, "scope": "https://my-proxy/.default"}, 400, 500011),
                 ({"client_secret": names.SECRET, "resource": "x"}, 400, 9002012), ({}, 401, 7000218),
                 ({"client_secret": names.SECRET, "grant_type": "password"}, 400, 70003)]
        for fields, status, number in table:
            met, told = self.base(**fields)
            self.assertEqual((met, told["error_codes"]), (status, [number]), fields)
            self.assertTrue(told["error_description"].startswith(f"AADSTS{number}: "))
        self.assertEqual(self.call("login", "/nowhere/oauth2/v2.0/token", "POST", b"", FORM, token=False)[1]["error_codes"], [90002])

    def assertion(self, key="client", header=None, **more):
        now, held = int(self.cloud.now()), self.cloud.key(key)
        claims = {"aud": f"{self.cloud.endpoint('login')}/{names.TENANT}/oauth2/v2.0/token", "iss": names.CLIENT, "sub": names.CLIENT, "jti": str(uuid.uuid4()),
                  "nbf": now, "exp": now + 600, **more}
        return self.base(client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                         client_assertion=sign(held, claims, **({"x5t": held.thumbs["x5t"]} if header is None else header)))

    def test_certificate(self):
        self.works(self.assertion()[1]["access_token"])
        self.works(self.assertion(header={"x5t#S256": self.cloud.key("client").thumbs["x5t#S256"]})[1]["access_token"])
        for more, number in (({"key": "federated"}, 700027), ({"header": {}}, 700027), ({"aud": "https://elsewhere"}, 700023), ({"exp": 5}, 700024)):
            self.assertEqual(self.assertion(**more)[1]["error_codes"], [number], more)

    def test_federated(self):
        who = {"key": "federated", "header": {}, "iss": "https://token.example.org", "sub": "system:serviceaccount:sec:watchkeeper", "aud": "api://AzureADTokenExchange"}
        self.works(self.assertion(**who)[1]["access_token"])
        for more, number in (({"sub": "x"}, 700213), ({"aud": "x"}, 700212), ({"iss": "https://else"}, 700027), ({"exp": 5}, 700024)):
            self.assertEqual(self.assertion(**{**who, **more})[1]["error_codes"], [number], more)

    def test_managed(self):
        path = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F"
        status, told = self.call("imds", path, headers={"Metadata": "true"}, token=False)
        self.assertTrue(all(isinstance(v, str) for v in told.values()), told)
        self.works(told["access_token"])
        for bad, headers in ((path, {}), (path, {"Metadata": "true", "X-Forwarded-For": "1"}), (path + "&x=1", {"Metadata": "true"}), (path + "&client_id=0", {"Metadata": "true"})):
            self.assertEqual(self.call("imds", bad, headers=headers, token=False)[0], 400)
        path = "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com%2F"
        self.assertEqual(self.call("appservice", path, token=False)[0], 401)
        status, told = self.call("appservice", path, headers={"X-IDENTITY-HEADER": self.cloud.entra.identity_header}, token=False)
        self.works(told["access_token"])

    def test_audiences_and_expiry(self):
        other = self.cloud.entra.mint("https://storage.azure.com/")
        status, told = self.call("arm", "/subscriptions?api-version=2022-12-01", token=other)
        self.assertEqual((status, told["error"]["code"]), (401, "InvalidAuthenticationTokenAudience"))
        self.assertEqual(self.call("arm", "/subscriptions?api-version=2022-12-01", token=False)[1]["error"]["code"], "AuthenticationFailed")
        mine = self.cloud.entra.mint("https://management.azure.com")
        self.ask("POST", "clock", {"move": 3700})
        self.assertEqual(self.call("arm", "/subscriptions?api-version=2022-12-01", token=mine)[1]["error"]["code"], "ExpiredAuthenticationToken")

    def test_credential_files(self):
        with tempfile.TemporaryDirectory() as folder:
            told = self.ask("POST", "credentials", {"folder": folder})
            self.assertEqual(set(told), {"secret", "certificate", "federated", "imds", "appservice"})
            with open(told["certificate"]["AZURE_CLIENT_CERTIFICATE_PATH"], encoding="ascii") as file:
                self.assertIn("BEGIN PRIVATE KEY", file.read())
