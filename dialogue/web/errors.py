"""What can keep the pages from being served, as one sentence; and that nobody answers them now.

Pure.
"""

from __future__ import annotations


class WebDoorError(Exception):
    """The pages cannot be served; the sentence says why and what to do."""

    sentence: str
    """One sentence fit to show to a facilitator."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CertificateError(WebDoorError):
    """The certificate or its key cannot be used for this computer."""


class RoomLeftError(Exception):
    """The session has been let go of: of its open sheet nothing true can be said to a page."""
