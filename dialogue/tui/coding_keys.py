"""The keys of the screen on which answers are coded, beside those of the themes themselves.

Pure. They stand apart from the catalogue of a session's screens: this screen opens by a command.
"""

from __future__ import annotations

from dialogue.tui.command import Command

KEYS: tuple[Command, ...] = (
    Command("code", "1", "code", "1 to 9, then letters: code the answer, or take it back.", ()),
    Command("next", "n,right,space", "next", "Show the next answer.", (), footer=True),
    Command("previous", "p,left", "back", "Show the answer before.", (), footer=True),
    Command("undo", "u", "undo", "Take back the last thing you did.", (), footer=True),
    Command("new", "N", "new", "Name a theme of your own, for this answer.", (), footer=True),
    Command("terms", "T", "words", "Show which words many answers have.", (), footer=True),
    Command("rename", "R", "rename", "Call an own theme otherwise.", (), footer=True),
    Command("merge", "M", "merge", "Let an own theme become part of another.", (), footer=True),
    Command("split", "S", "split", "Take a theme apart, answer by answer.", (), footer=True),
    Command("up", "up", "up", "Scroll the answer up.", ()),
    Command("down", "down", "down", "Scroll the answer down.", ()),
    Command("leave", "escape,q", "leave", "Leave; everything is kept.", (), footer=True),
    Command("help", "question_mark,f1", "keys", "Explain every key.", (), footer=True),
)
