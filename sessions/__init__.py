"""The record: what happened in a session, how it is kept, protected and summed up."""
