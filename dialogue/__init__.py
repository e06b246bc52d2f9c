"""The program: command line, terminal UI, and the wiring of the parts."""
