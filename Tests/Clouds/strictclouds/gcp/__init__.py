"""Google Cloud: sign-in, Logging, Monitoring, Resource Manager, Storage, Pub/Sub of one organization."""
