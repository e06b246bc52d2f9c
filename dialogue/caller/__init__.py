"""Whoever comes to the web door without a browser: the form in a terminal, a rehearsal's phones."""
