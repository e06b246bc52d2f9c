"""Writes the reference of README from the program itself: `uv run python .github/reference.py`.

Touches: disk, to rewrite what stands between the two marks in README. Keys come from the one
catalogue, settings from their model, exit codes from theirs.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from dialogue.config import Config
from dialogue.crash import DEBUG_VARIABLE
from dialogue.exits import ExitCode
from dialogue.paths import CONFIG_VARIABLE, DATA_VARIABLE
from dialogue.tui.commands import CATALOGUE
from dialogue.wording import name_keys

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- reference: written by .github/reference.py -->"
END = "<!-- end of reference -->"

VARIABLES = {
    DATA_VARIABLE: "Where sessions are kept; `--data-dir` wins over it.",
    CONFIG_VARIABLE: "Where `config.toml` and your own content are.",
    DEBUG_VARIABLE: "With 1, an unforeseen error also says where in the code it was; never a word.",
}


def documented(owner: type) -> dict[str, str]:
    """Return the first line under each field or member of a class, by name."""
    body = ast.parse(inspect.getsource(owner)).body[0]
    if not isinstance(body, ast.ClassDef):
        raise TypeError(owner)
    found: dict[str, str] = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        if not isinstance(text, ast.Expr) or not isinstance(text.value, ast.Constant):
            continue
        target = field.target if isinstance(field, ast.AnnAssign) else None
        if isinstance(field, ast.Assign):
            target = field.targets[0]
        if isinstance(target, ast.Name):
            found[target.id] = str(text.value.value).strip().splitlines()[0]
    return found


def reference() -> str:
    """Return the reference as Markdown."""
    lines = ["### Keys", "", "| key | command | what it does |", "|---|---|---|"]
    name_keys({one.id: one.shown_key for one in CATALOGUE})
    lines += [f"| `{one.shown_key}` | `{one.id}` | {one.shown_help} |" for one in CATALOGUE]
    lines += ["", "### Settings", "", "| setting | default | what it is |", "|---|---|---|"]
    said = documented(Config)
    for name, field in Config.model_fields.items():
        default = field.get_default(call_default_factory=True)
        lines.append(f"| `{name}` | `{default!r}` | {said[name]} |")
    lines += ["", "### Environment", "", "| variable | what it does |", "|---|---|"]
    lines += [f"| `{name}` | {text} |" for name, text in VARIABLES.items()]
    lines += ["", "### Exit codes", "", "| code | what it means |", "|---|---|"]
    codes = documented(ExitCode)
    lines += [f"| {int(code)} | {codes[code.name]} |" for code in ExitCode]
    return "\n".join(lines)


def rewritten(page: str) -> str:
    """Return README with the reference as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
