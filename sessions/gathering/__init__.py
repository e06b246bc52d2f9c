"""A programme is gathered: files are found and read, and remembered in an index without words."""
