"""The participant's form in a terminal."""
