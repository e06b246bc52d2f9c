"""Trains the name model that ships in `sessions.deidentify`; no part of a running session."""
