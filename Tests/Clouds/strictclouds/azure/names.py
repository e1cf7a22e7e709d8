"""Who and what is in the default tenant."""

TENANT = "7c1e7f5a-2b6d-4c55-9d0a-5a1f0c3b9e10"
CLIENT = "c11e0f00-aaaa-4bbb-8ccc-0123456789ab"
OBJECT = "0b1ec700-aaaa-4bbb-8ccc-0123456789ab"
SECRET = "s3cr~t-of-the.watch_keeper"
SUBSCRIPTIONS = {"dev": "0f0f0f0f-1a1a-4b2b-8c3c-4d4d5e5e6f6f", "test": "2e2e2e2e-3b3b-4c4c-9d5d-6e6e7f7f8a8a"}
CUSTOMER = "99aa88bb-77cc-46dd-95ee-44ff33001122"  # the workspace's customerId
ACCOUNT = "acmeauditarchive"
QUEUE = "audit-events"
DEV, TEST = SUBSCRIPTIONS["dev"], SUBSCRIPTIONS["test"]
SEC = f"/subscriptions/{DEV}/resourceGroups/sec"
WORKSPACE = f"{SEC}/providers/Microsoft.OperationalInsights/workspaces/central"
STORE = f"{SEC}/providers/Microsoft.Storage/storageAccounts/{ACCOUNT}"
VAULTS = {DEV: f"/subscriptions/{DEV}/resourceGroups/apps/providers/Microsoft.KeyVault/vaults/kv-dev",
          TEST: f"/subscriptions/{TEST}/resourceGroups/apps/providers/Microsoft.KeyVault/vaults/kv-test"}
CATEGORIES = ("Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale", "ResourceHealth")
PEOPLE = {"dev": ("dev@example.org", "198.51.100.7"), "ops": ("ops@example.org", "198.51.100.8"),
          "svc-terraform": ("5c1e7f5a-0000-4000-8000-000000000001", "203.0.113.20"),
          "watchkeeper": (CLIENT, "203.0.113.9")}
ECHO_GROUP = "watchkeeper-echo"
