"""The room's web pages: the phone page, the room view, and the door that envelopes come through."""
