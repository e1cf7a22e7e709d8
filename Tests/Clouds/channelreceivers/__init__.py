"""Receivers of notifications, as strict as what their makers publish."""
