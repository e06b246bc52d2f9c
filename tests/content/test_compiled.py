"""The compiled content says what the TOML says."""

from __future__ import annotations

import pytest

from agreements.library import (
    COMPILED_NAME,
    Compiled,
    compiled,
    shipped_folder,
    shipped_languages,
)
from dialogue.config import gate


@pytest.mark.parametrize("language", shipped_languages())
def test_what_is_compiled_is_what_stands_in_the_toml(language: str) -> None:
    """Whoever changes content compiles it again: uv run python .github/compile_content.py."""
    folder = shipped_folder(language)
    shipped = Compiled.model_validate_json((folder / COMPILED_NAME).read_bytes())
    assert shipped == compiled(folder, gate)
