"""A rehearsal: a simulated room that answers a real session through the real web door."""
