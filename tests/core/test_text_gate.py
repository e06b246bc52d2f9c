from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.text import (
    LINE_LIMIT,
    MARKS_PER_BASE,
    NOTE_LIMIT,
    NOTE_LINES,
    TITLE_LIMIT,
    clean,
    is_clean,
    one_line,
    paragraph,
    slug,
    too_long,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDE = 1_000_000
"""A limit that no example reaches."""

JOINERS = "\u200c\u200d"
DIRECTION_MARKS = "\u200e\u200f"

SAMPLES = {
    "Persian": [
        "می\u200cخواهم حرف بزنم",
        "ما گوش می\u200cدهیم",
        "نمی\u200cدانم، اما می\u200cپرسم",
        "خانه\u200cهای ما در این شهر",
        "گفت\u200cوگو دربارهٔ برابری",
        "ه\u200d ش",
    ],
    "Hindi": [
        "हम सुनते हैं",
        "मैं अपनी बात कहना चाहती हूँ",
        "श्रद्धा और सम्मान",
        "क्\u200dष और क्\u200cष",
        "रा\u200dष्ट्र",
        "हाँ, यह सच है।",
    ],
    "Arabic": [
        "نحن نستمع",
        "أُرِيدُ أَنْ أَتَكَلَّمَ",
        "السَّلَامُ عَلَيْكُمْ",
        "\u200fHTML بالعربية",
        "العدل!\u200f",
        "قال: «لا»، ثم سكت.",
    ],
    "Hebrew": [
        "אנחנו מקשיבים",
        "שָׁלוֹם לכולם",
        "בְּרֵאשִׁית",
        "שלום!\u200f",
        "מחיר: 20\u200e$",
        "צֶדֶק",
    ],
    "Thai": ["เราฟังกัน", "ที่นี่ปลอดภัย", "น้ำใจ", "ผู้ใหญ่", "ความเท่าเทียม"],
    "Vietnamese": [
        "Chúng tôi lắng nghe",
        "Nguyễn Thị Hồng",
        "đối thoại về bình đẳng",
        "ở đâu?",
        "Quyền",
    ],
    "Yoruba": ["Ẹ jọ̀ọ́", "Ọ̀rọ̀ wa ṣe pàtàkì", "ọmọ̀wé", "Ẹ̀kọ́", "gbọ́ mi"],
    "Hmong": ["Peb mloog ib leeg", "kev ncaj ncees", "𖬌𖬣𖬵", "𖬇𖬰𖬞 𖬌𖬣𖬵", "𞄀𞄁𞄰"],
    "Chinese": ["我们在听", "平等與尊重", "说出你的真相。", "𠮷野家", "「你好」"],
    "Korean": ["우리는 듣습니다", "평등과 존중", "안녕하세요?", "ㅋㅋㅋ", "\u1112\u119e\u11ab글"],
    "Emoji": [
        "👨\u200d👩\u200d👧\u200d👦",
        "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿",
        "🏳\ufe0f\u200d🌈",
        "👩🏿\u200d🦱 and 👨🏻\u200d🦳",
        "1\ufe0f\u20e3",
        "🇿🇦🇧🇷",
        "✊🏾",
    ],
    "Navajo": ["Diné bizaad", "shą́ą́ʼ", "Tʼáá íiyisíí", "nízhóní", "ałtąąʼ", "Ahéheeʼ"],
    "Others": [
        "Ευχαριστώ, φίλοι",
        "བསྒྲུབས",
        "မြန်မာစကား",
        "ಕೊಡಗು",
        "ക്\u200dഷമ",
        "Łódź, Brno, Århus",
        "naïve café 100 %",
        "ꦏꦿꦺꦴꦁ",
        "C# & C++ <b>[x]</b> {y}",
    ],
}
EVERY_SAMPLE = [
    pytest.param(text, id=f"{script}-{n}")
    for script in SAMPLES
    for n, text in enumerate(SAMPLES[script])
]

# Characters that fall to different rules, so that short random strings make them meet.
TRICKY = (
    "a e\u0301\u0316\u0345\u20dd\ufe0f\u0327 \n\r\t\v\f\x00\x1b\x7f\x85\x9b\u2028\u2029"
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u202e\u2066\u2069\u180e\ufff9"
    "\U000e0001\U000e0041\U000e0100\ud800\udfff\ue000\uffff\u0378\u3000\u00a0\u3164\u2800"
    # Kannada vowel signs: two marks that compose once what stands between them is gone.
    "\u0c95\u0cc6\u0cc2\u0cd5\u0cbf\u09c7\u09be\u09d7\u0915\u094d\u093c\u0958\ufb1d\u0344\u0f71\u0f72"
    # Spacing marks with a combining class, old and new Korean letters, flags, skin tones.
    "\u302e\U0001d158\U0001d165\U0001d16e\u1100\u1161\u11a8\uac00\U0001f1e6\U0001f1e7\U0001f469\U0001f3fd"
)
WORST = [
    "\u0301\u0316",  # two combining classes in turn
    "\u302e\U0001d165",  # the same with marks that take room
    "\u0cc6\u0cc2",  # marks that compose with each other
    "\U0001f1e6",  # one endless row of flags
    "\U0001f469\u200d",  # one endless emoji
]
ANY_TEXT = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.text(st.sampled_from(TRICKY), max_size=60),
)
LIMITS = st.one_of(st.integers(-1, 12), st.sampled_from([TITLE_LIMIT, NOTE_LIMIT, WIDE]))
LINES = st.integers(-1, 6)


def characters() -> Iterator[str]:
    """Yield every code point, of the large and uniform classes only a sample."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        uniform = unicodedata.category(char) in {"Lo", "Cn", "Co", "Cs"}
        if not uniform or unicodedata.decomposition(char) or code % 61 == 0:
            yield char


def forbidden(text: str) -> list[str]:
    """Name what promise 35 keeps out, found by rules written apart from the gate's own."""
    found = []
    for char in text:
        kind, code = unicodedata.category(char), ord(char)
        if (
            (kind == "Cc" and char != "\n")
            or kind in {"Cs", "Co", "Cn", "Zl", "Zp"}
            or (kind == "Cf" and char not in JOINERS + DIRECTION_MARKS)
            or 0x202A <= code <= 0x202E
            or 0x2066 <= code <= 0x2069
            or code in {0x200B, 0x2060, 0xFEFF, 0x2028, 0x2029}
            or 0xE0000 <= code <= 0xE007F
        ):
            found.append(f"U+{code:04X}")
    return found


def most_marks(text: str) -> int:
    """Return the most marks that stand on one base, invisible signs not parting them."""
    most = marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else marks if kind in {"Mc", "Cf"} else 0
        most = max(most, marks)
    return most


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_writing_of_many_scripts_is_unchanged(sample: str) -> None:
    """What people write in their own script passes as it was typed."""  # promise 35
    assert one_line(sample) == sample
    assert paragraph(sample) == sample
    assert is_clean(sample)


def test_samples_cover_what_is_promised() -> None:
    """At least ten scripts and fifty samples are held against the gate."""  # promise 35
    assert len(SAMPLES) >= 10
    assert len(EVERY_SAMPLE) >= 50


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_composed_and_decomposed_writing_are_the_same(sample: str) -> None:
    """A keyboard that sends accents apart gives the same record as one that does not."""
    assert one_line(unicodedata.normalize("NFD", sample)) == one_line(sample)


@settings(max_examples=1000)
@given(ANY_TEXT, LIMITS, LINES)
@example("\u0c95\u0301\u0301\u0301\u0cc6\u0301\u0cc2", WIDE, 1)
@example("abc\n\u200f\u1100\u1161", 5, 2)
@example("\u0301 \u0301a", WIDE, 1)
@example("a\nb\n\nc\n\nd", WIDE, 3)
@example("a\u200e\u200e\u0301\u200e\u0316", WIDE, 1)
def test_gate_holds_for_any_text(text: str, limit: int, lines: int) -> None:
    """Any string gives clean text within its limits, and the same again when cleaned again."""
    # promise 35
    result = clean(text, limit=limit, lines=lines)
    assert forbidden(result) == []
    assert unicodedata.is_normalized("NFC", result)
    assert most_marks(result) <= MARKS_PER_BASE
    assert is_clean(result)
    assert len(result) <= max(limit, 0)
    assert result.count("\n") <= max(lines, 1) - 1
    assert "\n\n\n" not in result
    assert result == result.strip()
    assert not result.endswith(tuple(JOINERS))
    assert clean(result, limit=limit, lines=lines) == result


@given(ANY_TEXT)
def test_gate_is_a_function_of_its_input(text: str) -> None:
    """The same text always gives the same result, whatever was cleaned in between."""
    first = paragraph(text)
    paragraph(text[::-1])
    assert paragraph(text) == first
    assert clean(text, limit=NOTE_LIMIT, lines=NOTE_LINES) == first


@given(ANY_TEXT, LIMITS)
def test_a_cut_leaves_a_beginning(text: str, limit: int) -> None:
    """Cutting keeps the beginning and never adds or swaps a character."""
    assert clean(text, limit=WIDE).startswith(clean(text, limit=limit))
    assert too_long(text, limit) or clean(text, limit=limit) == clean(text, limit=WIDE)


def test_every_single_character_passes_or_is_dropped() -> None:
    """Each code point alone, between two letters, comes out clean and stable."""  # promise 35
    for char in characters():
        between = f"a{char}b"
        result = clean(between, limit=WIDE)
        assert not forbidden(result), ascii(char)
        assert is_clean(result), ascii(char)
        assert (result == between) <= is_clean(between), ascii(char)


@pytest.mark.parametrize(
    ("dropped", "mark"),
    [("\u200b", "\u0301"), ("\x00", "\u0301"), ("\u202e", "\u0323"), ("\ud800", "\u0302")],
)
def test_marks_compose_across_a_dropped_character(dropped: str, mark: str) -> None:
    """A hidden character between a letter and its accent leaves the composed letter."""
    assert clean(f"e{dropped}{mark}", limit=WIDE) == unicodedata.normalize("NFC", f"e{mark}")


def test_dropping_a_mark_can_compose_its_neighbours() -> None:
    """When the cap drops a mark between two vowel signs that compose, they are composed."""
    text = "\u0c95" + "\u0ccd" * 3 + "\u0cc6" + "\u0ccd" + "\u0cc2"
    result = clean(text, limit=WIDE)
    assert result == "\u0c95" + "\u0ccd" * 3 + "\u0cca"
    assert clean(result, limit=WIDE) == result
    assert not too_long(text, len(result))


def test_dropping_a_sign_can_reorder_marks() -> None:
    """When a surplus direction mark goes, the marks it kept apart come into Unicode's order."""
    result = clean("x\u200e\u200e\u0301\u200e\u0316", limit=WIDE)
    assert result == "x\u200e\u200e\u0316\u0301"


@pytest.mark.parametrize("mark", ["\u0335", "\u20dd", "\ufe0f", "\u302e", "\U0001d165"])
def test_marks_are_capped_per_base(mark: str) -> None:
    """A pile of marks keeps its first four, and the text goes on after it."""
    assert clean("x" + mark * 50 + "yz", limit=WIDE) == "x" + mark * 4 + "yz"


def test_vowel_signs_that_take_room_do_not_count() -> None:
    """A drawn-out Hindi vowel stays as long as it was typed, and its last mark stays too."""
    text = "ह" + "\u093e" * 9 + "\u0902!"
    assert clean(text, limit=WIDE) == text


def test_marks_that_melt_into_their_letter_do_not_count() -> None:
    """The cap counts what is left to stack once letter and accents are composed."""
    text = "o\u031b\u0323" + "\u0301" * 4
    assert clean(text, limit=WIDE) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("sign", [*JOINERS, *DIRECTION_MARKS])
def test_signs_do_not_part_a_pile_of_marks(sign: str) -> None:
    """Invisible signs between marks do not earn a letter more marks."""
    result = clean("x" + f"\u0335{sign}" * 30 + "y", limit=WIDE)
    assert result.count("\u0335") == MARKS_PER_BASE
    assert result.count(sign) == 2


def test_a_mark_without_a_letter_is_dropped() -> None:
    """A mark or joiner at the start of a line would land on the frame around it."""
    assert paragraph("\u0301\u200d \u0301abc\n \u0301\u200d\u0301def") == "abc\n def"
    assert paragraph("abc \u0301 def") == "abc \u0301 def"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("a\vb\fc", "a\nb\nc"),
        ("a\tb", "a b"),
        ("\n\n a \n\n\n\n b\n\t\n", "a\n\n b"),
        ("a\n\u200f\n\u3164\nb", "a\n\nb"),
    ],
)
def test_line_breaks_become_newlines(text: str, expected: str) -> None:
    """Every kind of line break is one newline, and empty lines do not pile up."""
    assert paragraph(text) == expected


def test_one_line_joins_lines_with_a_space() -> None:
    """On a single line no word is lost and no two words grow together."""
    assert one_line(" first\r\n\r\nsecond\u2028third\tfourth ") == "first second third fourth"


def test_lines_beyond_the_last_are_joined_to_it() -> None:
    """The cap on lines keeps the words."""
    assert clean("a\nb\n\n c\nd", limit=WIDE, lines=2) == "a\nb c d"


@pytest.mark.parametrize(
    "blank", ["", " \t\n", "\u200f", "\u200d\u200c", "\u3164", "\u2800 \x1b", "\u0301"]
)
def test_text_with_nothing_to_see_is_empty(blank: str) -> None:
    """A title of blanks and hidden characters counts as no title."""
    assert one_line(blank) == ""


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abcdef", 3, "abc"),
        ("ab cd", 3, "ab"),
        ("abx\u0323\u0335", 4, "ab"),
        ("ab👩\u200d👧", 4, "ab"),
        ("ab👩\u200d👧", 3, "ab"),
        ("ab✊🏾", 3, "ab"),
        ("a🇿🇦🇧🇷", 4, "a🇿🇦"),
        ("a🇿🇦🇧🇷", 3, "a🇿🇦"),
        ("🇿🇦", 1, ""),
        ("ab\u1112\u119e\u11ab", 4, "ab"),
        ("می\u200cدانم", 3, "می"),
        ("می\u200cدانم", 2, "می"),
        ("abc", 0, ""),
        ("abcdefgh", -5, ""),
    ],
)
def test_a_cut_falls_between_characters(text: str, limit: int, expected: str) -> None:
    """A cut never parts a letter from its marks, a flag, a family or a syllable."""
    assert clean(text, limit=limit) == expected


@pytest.mark.parametrize("unit", [*WORST, *"\u200d\u202e\n []", "\r\u0301", "\x1b]8;;", "\ufb2c"])
def test_a_small_worst_input_passes(unit: str) -> None:
    """Four KiB of the worst input pass every door of the gate."""
    text = "a" + unit * (4096 // len(unit))
    assert is_clean(paragraph(text))
    assert is_clean(clean(text, limit=WIDE, lines=WIDE))
    assert slug(text)
    assert visible(text)


@pytest.mark.parametrize("unit", WORST)
def test_a_megabyte_of_the_worst_input_passes(unit: str) -> None:
    """Input that takes Unicode's own ordering, or a naive cut, quadratic time is done at once."""
    text = "a" + unit * (1_000_000 // len(unit))
    assert is_clean(clean(text, limit=len(text) - 1))


@pytest.mark.parametrize(
    "text",
    [
        "a\tb",
        "a\rb",
        "\x1b[0m",
        "e\u0301",
        "x" + "\u0335" * 5,
        "\u0301a",
        "\u202eab",
        "\ud800",
        "\u2028",
    ],
)
def test_is_clean_says_no(text: str) -> None:
    """Text that has not passed the gate is told from text that has."""
    assert not is_clean(text)


@pytest.mark.parametrize("text", ["", " ", "  padded  ", "a\n\n\n\nb", "\n", "é", "[/]", "a\u200f"])
def test_is_clean_leaves_layout_alone(text: str) -> None:
    """White space that a screen adds does not make text unclean."""
    assert is_clean(text)


def test_too_long_judges_what_would_be_kept() -> None:
    """White space and hidden characters do not count against a limit."""
    assert not too_long(f"  {'x' * LINE_LIMIT}\u200b\n", LINE_LIMIT)
    assert too_long("x" * (LINE_LIMIT + 1), LINE_LIMIT)
    assert not too_long("a\nb", 3, lines=2)
