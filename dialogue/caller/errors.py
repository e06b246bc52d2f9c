"""What can go wrong on the way to the web door; each error carries a sentence for whoever calls.

Pure.

    SessionError
    └── CallError            the door was not reached, or gave no answer one could go on with
        ├── AddressError     what was typed is no address of a session
        ├── LostError        nothing came back just now; another try may help
        ├── StrangeError     something answered, and it does not speak as our pages do
        └── NotTrustedError  its certificate could not be verified, so nothing was sent

Invariants: a sentence holds nothing that came over the network, and no word of anybody's.
"""

from __future__ import annotations

from sessions.errors import SessionError


class CallError(SessionError):
    """The web door was not reached, or its answer was none."""


class AddressError(CallError):
    """What was typed is no address of a session."""


class LostError(CallError):
    """Nothing came back just now; another try may help."""


class StrangeError(CallError):
    """Something answered, and it does not speak as our pages do."""


class NotTrustedError(CallError):
    """A certificate could not be verified; nothing was sent to whoever showed it."""
