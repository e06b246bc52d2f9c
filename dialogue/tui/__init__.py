"""The terminal UI, drawn with Textual."""
