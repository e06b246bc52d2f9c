"""Finds and hides what singles out a person, before the text is kept anywhere."""
