"""Who and what is in the default organization."""

ORGANIZATION, FOLDER = "organizations/440000000001", "folders/770000000001"
NUMBERS = {"acme-analytics": "123456789001", "acme-ingest": "123456789002", "acme-reports": "123456789003"}
MAIN = "acme-analytics"
ARCHIVE = "acme-audit-archive"
TOPIC = f"projects/{MAIN}/topics/audit-events"
SUBSCRIPTION = f"projects/{MAIN}/subscriptions/watchkeeper"
DATASET = "audit"
EMAIL = f"watchkeeper@{MAIN}.iam.gserviceaccount.com"
TARGET = f"audit-reader@{MAIN}.iam.gserviceaccount.com"  # impersonated
PEOPLE = {"dev": ("dev@example.org", "198.51.100.7"), "ops": ("ops@example.org", "198.51.100.8"),
          "svc-terraform": (f"terraform@{MAIN}.iam.gserviceaccount.com", "203.0.113.20"), "watchkeeper": (EMAIL, "203.0.113.9")}
CLIENT_ID, CLIENT_SECRET, REFRESH = "764086051850-test.apps.googleusercontent.com", "d-FL95Q19q7MQmFpd7hHD0Ty", "1//refresh-of-mira"
KEY_ID = "5f0c3b9e10aa4bbb8ccc0123456789abcdef0123"
POOL = f"//iam.googleapis.com/projects/{NUMBERS[MAIN]}/locations/global/workloadIdentityPools/ci/providers/runner"
ISSUER = "https://token.example.org"
ECHO_METRIC, HEARTBEAT = "watchkeeper-echo", "audit-heartbeat"
ACTIVITY, DATA = "cloudaudit.googleapis.com%2Factivity", "cloudaudit.googleapis.com%2Fdata_access"
