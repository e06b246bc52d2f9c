"""How a step is done and what its condition is for, in a word or two.

Pure. The words are English; they go through `dialogue.wording.tr` where they are shown.
"""

from __future__ import annotations

from dialogue.wording import mark

FORMAT_WORDS = {
    "arrival": mark("arriving"),
    "presentation": mark("you speak"),
    "silent": mark("in silence"),
    "write": mark("writing"),
    "private": mark("for yourself"),
    "pair": mark("in pairs"),
    "triad": mark("in triads"),
    "group": mark("in groups"),
    "round": mark("in a round"),
    "plenary": mark("all together"),
    "hands": mark("by hands"),
    "fishbowl": mark("fishbowl"),
    "testimony": mark("one after the other"),
    "anonymous": mark("without names"),
    "cards": mark("with cards"),
    "role-play": mark("trying it out"),
    "affinity": mark("in chosen groups"),
    "gallery": mark("walking around"),
    "video": mark("watching"),
    "break": mark("break"),
    "meal": mark("meal"),
}

TIER_WORDS = {"engage": mark("engage"), "sustain": mark("sustain"), "deepen": mark("deepen")}
