"""Compiles the shipped content to one file a language: `uv run python .github/compile_content.py`.

Touches: disk, to write `compiled.json` beside the TOML. Reading and cleaning some thirty TOML
files costs more than drawing the first screen; a test holds the compiled file to them.
"""

from __future__ import annotations

from agreements.library import COMPILED_NAME, compiled, shipped_folder, shipped_languages
from dialogue.config import gate

if __name__ == "__main__":
    for language in shipped_languages():
        folder = shipped_folder(language)
        data = compiled(folder, gate).model_dump_json(by_alias=True, exclude_unset=True)
        (folder / COMPILED_NAME).write_text(data + "\n", encoding="utf-8")
