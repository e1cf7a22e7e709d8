"""Strict stand-ins for Azure and Google Cloud: they refuse whatever the published schemas do not know."""
