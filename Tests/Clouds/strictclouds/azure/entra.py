"""Where tokens come from: Entra ID's token endpoint, the VM's metadata service, App Service's identity endpoint."""

import json
import re
import time
import uuid

from ..common.rsa import opened, pad
from ..common.wire import Answer, Refusal
from .errors import entra
from .names import CLIENT, OBJECT, SECRET, TENANT

AUDIENCES = {"https://management.azure.com": "arm", "https://management.core.windows.net": "arm",
             "https://api.loganalytics.io": "loganalytics", "https://storage.azure.com": "storage",
             "https://management.usgovcloudapi.net": "arm", "https://management.chinacloudapi.cn": "arm",
             "https://api.loganalytics.us": "loganalytics", "https://api.loganalytics.azure.cn": "loganalytics"}
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KNOWN = {"grant_type", "client_id", "client_secret", "scope", "client_assertion", "client_assertion_type", "client_info", "claims"}


class Entra:
    def __init__(self, cloud):
        self.cloud, self.tokens, self.seen = cloud, {}, set()
        self.federated = {"issuer": "https://token.example.org", "subject": "system:serviceaccount:sec:watchkeeper"}
        self.identity_header = str(uuid.UUID(int=77))

    def mint(self, resource, seconds=None):
        now, resource = self.cloud.now(), resource.rstrip("/")
        seconds = self.cloud.token_seconds if seconds is None else seconds
        head, body = {"typ": "JWT", "alg": "RS256"}, {"aud": resource, "appid": CLIENT, "oid": OBJECT, "tid": TENANT,
                                                      "exp": int(now + seconds), "jti": str(uuid.uuid4())}
        token = ".".join(pad(json.dumps(p).encode()) for p in (head, body)) + "." + pad(uuid.uuid4().bytes)
        self.tokens[token] = {"service": AUDIENCES[resource], "audience": resource, "until": now + seconds, "principal": CLIENT}
        return token

    def expire(self):
        for token in self.tokens.values():
            token["until"] = self.cloud.now() - 1

    def route(self, request, call):
        call.update(operation="token", permissions=[], write=False)
        if request.service == "imds":
            return lambda: self.imds(request)
        if request.service == "appservice":
            return lambda: self.app_service(request)
        found = re.fullmatch(r"/([^/]+)/oauth2/v2\.0/token", request.path)
        if not found:
            raise Refusal(Answer(404, [("Content-Type", "text/html")], b"<html><body>Not found</body></html>"))
        return lambda: self.endpoint(request, found[1])

    def refuse(self, status, number, sentence, error="invalid_client"):
        raise entra(status, number, sentence, error, self.cloud.now())

    def endpoint(self, request, tenant):
        if request.method != "POST":
            self.refuse(405, 900561, "The endpoint only accepts POST requests.", "invalid_request")
        if tenant.lower() != TENANT:
            self.refuse(400, 90002, f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID.", "invalid_request")
        pairs, form = request.form()
        if request.media() != "application/x-www-form-urlencoded" or len(pairs) != len(form) or request.query:
            self.refuse(400, 900144, "The request body must contain the following parameter: 'grant_type'.", "invalid_request")
        if set(form) - KNOWN:
            self.refuse(400, 9002012, f"The parameter '{sorted(set(form) - KNOWN)[0]}' is not known.", "invalid_request")
        if form.get("grant_type") != "client_credentials":
            self.refuse(400, 70003, "The app requested an unsupported grant type.", "unsupported_grant_type")
        if form.get("client_id", "").lower() != CLIENT:
            self.refuse(400, 700016, f"Application with identifier '{form.get('client_id')}' was not found in the directory.", "unauthorized_client")
        self.proof(form, request, tenant)
        scope = form.get("scope", "")
        if not scope.endswith("/.default") or " " in scope:
            self.refuse(400, 1002012, f"The provided value for scope {scope} is not valid. Client credential flows must have a "
                        "scope value with /.default suffixed to the resource identifier (application ID URI).", "invalid_scope")
        resource = scope.removesuffix("/.default").rstrip("/")
        if resource not in AUDIENCES:
            self.refuse(400, 500011, f"The resource principal named {resource} was not found in the tenant.", "invalid_resource")
        seconds = int(self.cloud.token_seconds)
        return Answer.json(200, {"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds,
                                 "access_token": self.mint(resource)})

    def proof(self, form, request, tenant):
        if "client_assertion" not in form:
            if "client_secret" not in form:
                self.refuse(401, 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
            if form["client_secret"] != SECRET:
                self.refuse(401, 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the "
                            f"client secret value, not the client secret ID, for a secret added to app '{CLIENT}'.")
            return
        if form.get("client_assertion_type") != ASSERTION:
            self.refuse(401, 7000218, "The 'client_assertion_type' is not known.")
        try:
            header, claims, message, signature = opened(form["client_assertion"])
        except ValueError:
            self.refuse(401, 50027, "JWT token is invalid or malformed.", "invalid_request")
        key = self.cloud.key("federated" if claims.get("iss") == self.federated["issuer"] else "client")
        if not key.signed(header.get("alg"), message, signature):
            self.refuse(401, 700027, "The certificate with identifier used to sign the client assertion is not registered on "
                        "application. [Reason - The key was not found.]")
        self.times(claims)
        if claims.get("iss") == self.federated["issuer"]:
            return self.exchange(claims)
        if not any(header.get(name) == value for name, value in key.thumbs.items()):
            self.refuse(401, 700027, "The certificate with identifier used to sign the client assertion is not registered on application.")
        if claims.get("iss") != CLIENT:
            self.refuse(401, 700211, f"No matching federated identity record found for presented assertion issuer '{claims.get('iss')}'.")
        audiences = (f"{self.cloud.endpoint('login')}/{tenant}/oauth2/v2.0/token", f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token")
        if claims.get("sub") != CLIENT or claims.get("aud") not in audiences:
            self.refuse(401, 700023, "Client assertion audience claim does not match Realm issuer.")
        if not claims.get("jti") or claims["jti"] in self.seen:
            self.refuse(401, 7000252, "The client assertion was used before or has no 'jti'.")
        self.seen.add(claims["jti"])

    def times(self, claims):
        now = time.time() + self.cloud.offset
        if not isinstance(claims.get("exp"), int) or claims["exp"] <= now or claims.get("nbf", 0) > now + 300:
            self.refuse(401, 700024, "Client assertion is not within its valid time range.")

    def exchange(self, claims):
        if claims.get("aud") not in ("api://AzureADTokenExchange", ["api://AzureADTokenExchange"]):
            self.refuse(401, 700212, f"No matching federated identity record found for presented assertion audience '{claims.get('aud')}'.")
        if claims.get("sub") != self.federated["subject"]:
            self.refuse(401, 700213, f"No matching federated identity record found for presented assertion subject '{claims.get('sub')}'.")

    def imds(self, request):
        refuse = lambda status, error, text: Refusal(Answer.json(status, {"error": error, "error_description": text}))
        if request.path != "/metadata/identity/oauth2/token" or request.method != "GET":
            raise Refusal(Answer(404))
        if (request.header("Metadata") or "").lower() != "true" or request.header("X-Forwarded-For"):
            raise refuse(400, "bad_request_102", "Required metadata header not specified")
        if request.query.get("api-version") not in ("2018-02-01", "2019-08-01", "2021-02-01"):
            raise refuse(400, "bad_request_101", "Missing or unsupported 'api-version'")
        if set(request.query) - {"api-version", "resource", "client_id", "object_id", "msi_res_id"}:
            raise refuse(400, "invalid_request", "Unknown parameter")
        if request.query.get("client_id", CLIENT).lower() != CLIENT:
            raise refuse(400, "invalid_request", "Identity not found")
        resource = request.query.get("resource", "").rstrip("/")
        if resource not in AUDIENCES:
            raise refuse(400, "invalid_resource", f"AADSTS500011: The resource principal named {resource} was not found in the tenant.")
        return Answer.json(200, {**self.managed(request, resource), "ext_expires_in": str(int(self.cloud.token_seconds)),
                                 "expires_in": str(int(self.cloud.token_seconds)), "not_before": str(int(self.cloud.now() - 300))})

    def app_service(self, request):
        refuse = lambda status, text: Refusal(Answer.json(status, {"statusCode": status, "message": text}))
        if request.path != "/msi/token" or request.method != "GET":
            raise Refusal(Answer(404))
        if request.header("X-IDENTITY-HEADER") != self.identity_header:
            raise refuse(401, "The X-IDENTITY-HEADER is missing or wrong.")
        if request.query.get("api-version") != "2019-08-01" or set(request.query) - {"api-version", "resource", "client_id", "principal_id", "mi_res_id"}:
            raise refuse(400, "The api-version is missing or not supported, or a parameter is not known.")
        resource = request.query.get("resource", "").rstrip("/")
        if resource not in AUDIENCES or request.query.get("client_id", CLIENT).lower() != CLIENT:
            raise refuse(400, "No managed identity was found for this resource.")
        return Answer.json(200, self.managed(request, resource))

    def managed(self, request, resource):
        until = self.cloud.now() + self.cloud.token_seconds
        return {"access_token": self.mint(resource), "client_id": CLIENT, "expires_on": str(int(until)),
                "resource": request.query["resource"], "token_type": "Bearer"}
