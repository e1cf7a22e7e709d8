"""Azure: sign-in, Resource Manager, Log Analytics, blobs and queues of one tenant."""
