"""Where access tokens come from: the OAuth endpoint, STS, service account credentials, the metadata server."""

import uuid

from ..common.moments import stamp
from ..common.rsa import opened
from ..common.wire import Answer, Refusal
from . import errors, schema
from .names import CLIENT_ID, CLIENT_SECRET, EMAIL, ISSUER, KEY_ID, MAIN, NUMBERS, POOL, REFRESH, TARGET

ROOT = "https://www.googleapis.com/auth/"
SCOPES = {s for m in schema.METHODS for s in m.scopes} | {"iam", "userinfo.email", "openid", "sqlservice.login", "service.management.readonly"}
JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EXCHANGE = {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "requested_token_type": "urn:ietf:params:oauth:token-type:access_token"}


class Tokens:
    def __init__(self, cloud):
        self.cloud, self.held = cloud, {}
        self.vm_scopes = {"cloud-platform"}

    def mint(self, principal, scopes, kind="account", seconds=None):
        seconds = self.cloud.token_seconds if seconds is None else seconds
        token = f"ya29.c.{uuid.uuid4().hex}{uuid.uuid4().hex}"
        self.held[token] = {"principal": principal, "scopes": set(scopes), "until": self.cloud.now() + seconds, "kind": kind}
        return token

    def expire(self):
        for token in self.held.values():
            token["until"] = self.cloud.now() - 1

    def scopes(self, text, refuse):
        """Short names of the scopes; an unknown one is refused."""
        found = {s.removeprefix(ROOT) for s in text.replace(",", " ").split()}
        if not found or found - SCOPES:
            raise refuse
        return found

    def signed_in(self, request, call, accepted):
        """Who calls: an access token, or a service account's own JWT."""
        text, service = request.bearer(), call["service"]
        if text is None:
            raise errors.refusal("UNAUTHENTICATED", "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie "
                                 "or other valid authentication credential.", "CREDENTIALS_MISSING", service=f"{service}.googleapis.com")
        held = self.held.get(text) or self.own_jwt(text, service)
        if held is None:
            raise errors.unauthenticated("ACCESS_TOKEN_TYPE_UNSUPPORTED", service)
        if held["until"] <= self.cloud.now():
            raise errors.unauthenticated("ACCESS_TOKEN_EXPIRED", service)
        call["principal"] = held["principal"]
        if held["scopes"] is not None and not held["scopes"] & set(accepted):
            raise errors.refusal("PERMISSION_DENIED", "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                                 service=f"{service}.googleapis.com", method=call["operation"])
        project = request.header("X-Goog-User-Project")
        if held["kind"] == "user" and not project:
            raise errors.refusal("PERMISSION_DENIED", f"Your application is authenticating by using local Application Default Credentials. The {service}.googleapis.com "
                                 "API requires a quota project, which is not set by default.", "SERVICE_DISABLED", service=f"{service}.googleapis.com", consumer="projects/764086051850")
        if project and project not in NUMBERS:
            raise errors.refusal("PERMISSION_DENIED", f"Caller does not have required permission to use project {project}.", "USER_PROJECT_DENIED",
                                 service=f"{service}.googleapis.com", consumer=f"projects/{project}")

    def own_jwt(self, text, service):
        try:
            header, claims, message, signature = opened(text)
        except ValueError:
            return None
        known = claims.get("iss") == claims.get("sub") == EMAIL and header.get("kid") in (None, KEY_ID) and header.get("alg") == "RS256"
        if not known or not self.cloud.key("account").signed("RS256", message, signature):
            return None
        scopes = {s.removeprefix(ROOT) for s in claims.get("scope", "").split()} or None
        if scopes is None and claims.get("aud") != f"https://{service}.googleapis.com/":
            return None
        if not isinstance(claims.get("exp"), int) or claims["exp"] - claims.get("iat", 0) > 3600:
            return None
        return {"principal": EMAIL, "scopes": scopes, "until": claims["exp"], "kind": "account"}

    # The endpoints
    def route(self, request, call):
        call.update(operation=f"{request.service}.token", permissions=[], write=False)
        if request.service == "metadata":
            return lambda: self.metadata(request)
        if request.service == "iamcredentials":
            return lambda: self.impersonate(request, call)
        if request.path != {"token": "/token", "sts": "/v1/token"}[request.service] or request.method != "POST":
            raise errors.no_path()
        return lambda: (self.oauth if request.service == "token" else self.exchange)(request)

    def form(self, request, known):
        pairs, form = request.form()
        if request.media() != "application/x-www-form-urlencoded" or len(pairs) != len(form) or set(form) - known or request.query:
            raise errors.token(400, "invalid_request", f"Bad Request: {sorted(set(form) - known)}")
        return form

    def oauth(self, request):
        form = self.form(request, {"grant_type", "assertion", "client_id", "client_secret", "refresh_token", "scope"})
        if form.get("grant_type") == JWT:
            return self.assertion(form)
        if form.get("grant_type") != "refresh_token":
            raise errors.token(400, "unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
            raise errors.token(401, "invalid_client", "The OAuth client was not found.")
        if form.get("refresh_token") != REFRESH:
            raise errors.token(400, "invalid_grant", "Token has been expired or revoked.")
        scopes = self.cloud.user_scopes
        if "scope" in form and self.scopes(form["scope"], errors.token(400, "invalid_scope", "Some requested scopes were invalid.")) - scopes:
            raise errors.token(400, "invalid_scope", "Some requested scopes were not granted.")
        return Answer.json(200, {"access_token": self.mint("mira@example.org", scopes, "user"), "expires_in": int(self.cloud.token_seconds),
                                 "scope": " ".join(ROOT + s for s in sorted(scopes)), "token_type": "Bearer"})

    def assertion(self, form):
        refuse = lambda text: errors.token(400, "invalid_grant", text)
        if set(form) != {"grant_type", "assertion"}:
            raise errors.token(400, "invalid_request", "Bad Request")
        try:
            header, claims, message, signature = opened(form["assertion"])
        except ValueError:
            raise refuse("Invalid JWT: Failed to decode") from None
        if claims.get("iss") != EMAIL:
            raise refuse("Invalid grant: account not found")
        if header.get("alg") != "RS256" or header.get("kid", KEY_ID) != KEY_ID or not self.cloud.key("account").signed("RS256", message, signature):
            raise refuse("Invalid JWT Signature.")
        if claims.get("aud") not in ("https://oauth2.googleapis.com/token", f"{self.cloud.endpoint('token')}/token"):
            raise refuse("Invalid JWT: Failed audience check")
        now, (iat, exp) = self.cloud.now(), (claims.get("iat"), claims.get("exp"))
        if not isinstance(iat, int) or not isinstance(exp, int) or iat > now + 300 or exp < now or exp - iat > 3600:
            raise refuse("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.")
        scopes = self.scopes(claims.get("scope", ""), errors.token(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided."))
        if set(claims) - {"iss", "sub", "aud", "iat", "exp", "scope", "target_audience"} or claims.get("sub", EMAIL) != EMAIL:
            raise errors.token(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.")
        return Answer.json(200, {"access_token": self.mint(EMAIL, scopes), "expires_in": int(self.cloud.token_seconds), "token_type": "Bearer"})

    def exchange(self, request):
        form = self.form(request, {"grant_type", "audience", "scope", "requested_token_type", "subject_token_type", "subject_token", "options"})
        refuse = lambda text: errors.token(400, "invalid_grant", text)
        if any(form.get(n) != v for n, v in EXCHANGE.items()) or form.get("subject_token_type") not in (
                "urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token"):
            raise errors.token(400, "invalid_request", "Invalid value for a token type or grant type.")
        if form.get("audience") != POOL:
            raise errors.token(400, "invalid_target", "The target service indicated by the \"audience\" parameters is invalid.")
        scopes = self.scopes(form.get("scope", ""), errors.token(400, "invalid_scope", "Invalid scope."))
        try:
            header, claims, message, signature = opened(form.get("subject_token", ""))
        except ValueError:
            raise refuse("Unable to parse the ID Token.") from None
        if claims.get("iss") != ISSUER or not self.cloud.key("federated").signed(header.get("alg"), message, signature):
            raise refuse("The issuer in ID Token does not match the expected ones, or its signature is invalid.")
        if claims.get("exp", 0) < self.cloud.now():
            raise refuse("ID Token issued is stale to sign-in.")
        token = self.mint(f"principal:{POOL[2:]}/subject/{claims.get('sub')}", scopes, "federated")
        return Answer.json(200, {"access_token": token, "issued_token_type": EXCHANGE["requested_token_type"], "token_type": "Bearer",
                                 "expires_in": int(self.cloud.token_seconds)})

    def impersonate(self, request, call):
        met = schema.find("iamcredentials", request.method, request.path)
        if not met or met[0] is None:
            raise errors.no_path()
        call.update(operation="generateAccessToken", permissions=["iam.serviceAccounts.getAccessToken"], scope=request.path)
        self.signed_in(request, call, ["cloud-platform", "iam"])
        body = self.cloud.body(request, "iamcredentials", "GenerateAccessTokenRequest")
        if met[1] != ("-", TARGET) or self.cloud.denied("iam.serviceAccounts.getAccessToken", f"serviceAccounts/{TARGET}"):
            raise errors.denied(call, "iam.serviceAccounts.getAccessToken")
        lifetime = float(body.get("lifetime", "3600s")[:-1])
        if not 0 < lifetime <= 3600 or not body.get("scope"):
            raise errors.invalid("The lifetime or the scope is not valid.")
        scopes = self.scopes(" ".join(body["scope"]), errors.invalid("Invalid scope"))
        seconds = min(lifetime, self.cloud.token_seconds)
        return Answer.json(200, {"accessToken": self.mint(TARGET, scopes, seconds=seconds), "expireTime": stamp(self.cloud.now() + seconds)})

    def metadata(self, request):
        flavor = [("Metadata-Flavor", "Google"), ("Server", "Metadata Server for VM")]
        if request.method != "GET" or (request.header("Metadata-Flavor") != "Google" and request.path != "/") or request.header("X-Forwarded-For"):
            raise Refusal(Answer(403, [*flavor, ("Content-Type", "text/html")], b"<html>Your client does not have permission: Missing Metadata-Flavor:Google header.</html>"))
        root = "/computeMetadata/v1"
        plain = {"/": "computeMetadata/\n", f"{root}/project/project-id": MAIN, f"{root}/project/numeric-project-id": NUMBERS[MAIN],
                 f"{root}/universe/universe-domain": "googleapis.com", f"{root}/instance/service-accounts/default/email": EMAIL}
        if request.path in plain and not set(request.query) - {"alt"}:
            return Answer(200, [*flavor, ("Content-Type", "application/text")], plain[request.path].encode())
        account = f"{root}/instance/service-accounts/"
        who = request.path.removeprefix(account).split("/")[0]
        if request.path.startswith(account) and who in ("default", EMAIL):
            rest = request.path.removeprefix(account + who).strip("/")
            if rest == "" and request.query == {"recursive": "true"}:
                return Answer.json(200, {"aliases": ["default"], "email": EMAIL, "scopes": [ROOT + s for s in self.vm_scopes]}, flavor)
            if rest == "token" and not set(request.query) - {"scopes"}:
                asked = request.query.get("scopes")
                refuse = Refusal(Answer(400, flavor, b"Invalid scopes"))
                scopes = self.scopes(asked, refuse) if asked else self.vm_scopes
                return Answer.json(200, {"access_token": self.mint(EMAIL, scopes), "expires_in": int(self.cloud.token_seconds), "token_type": "Bearer"}, flavor)
        raise Refusal(Answer(404, [*flavor, ("Content-Type", "text/html")], b"<html>The requested URL was not found on this server.</html>"))


__all__ = ["ROOT", "Tokens"]
