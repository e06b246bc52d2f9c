from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.deidentify.roster import Roster, find_roster
from sessions.text import NAME_LIMIT, paragraph

# In every row the text marks what must be found: «certain», ‹for a person to decide›.
ANGLO = [
    ("Brandon Teague", "I noticed that when «Brandon» talked, «Teague» left."),
    ("Brandon Teague", "«brandon teague» said it, then «BRANDON» did."),
    ("Brandon Teague", "«Brandon»'s point and «Brandon»’s tone and «brandon»s silence."),
    ("Brandon Teague", "Brandonville is a town; so is Teaguetown."),
    ("Jerome Banks", "«Banks»' idea was better, said «J. Banks»; the bank was shut."),
    ("Sandra Bukowski", "«Sandra B» came late; «S. Bukowski» too, «S Bukowski» twice."),
    ("Sandra Bukowski", "the «Bukowski»s' house"),
    ("Sean O'Brien", "«O’Brien», «OBrien», «O'Brien» and «sean obrien»"),
    ("Sean O'Brien", "It was five o'clock and she'll be there."),
    ("Yaw Boateng-Mensah", "«Boateng Mensah»; «Boateng–Mensah»; «yaw boatengmensah»; «Mensah»"),
    ("Mary Ellen Shell", "she'll come. She'll come. ‹Shell› came, «Mary Shell» too."),
    ("Don Lee", "I don't know. Don't ask. ‹Don› asked. «Don Lee» asked."),
    ("Deborah Kowalczyk", "«D. Kowalczyk»; «Deborah K.» said; «Deborah K». And plan D"),
    ("Ann Miller\nAnn Jones", "«Ann Miller», «Ann» and «Jones, Ann»"),
    ("Jean Archer", "two pairs of jeans, and «Jean»"),
    ("Ed Moss", "«Ed» and «ed» of the ‹ED›; edited; @«ed_moss»"),
    ("Tom White", "«Tom White» and «tom white», not white tea"),
    ("Marcus Holloway III", "«Marcus Holloway» III"),
]

SPANISH = [
    ("José Pérez", "«jose» y «PEREZ»; «José» y «J. Pérez»; «j. perez» no."),
    ("José Luis Pérez García", "«José Pérez», «Pérez García», «García», «J. L. Pérez»."),
    ("Pérez García, José\nLópez, Ana", "«José Pérez» y «Ana López» y «Pérez, José»"),
    ("Ana de la Vega", "«Ana de la Vega»; «de la Vega»; «Dela Vega»; «Delavega»; «DE LA VEGA»"),
    ("Ana de la Cruz", "«Ana de la Cruz»; ‹de la Cruz›; la ‹Cruz› Roja"),
    ("Ana de la Cruz", "la idea de ‹Cruz›, y de la que hablamos"),
    ("Inmaculada Reyes", "Dijo «Inmaculada» que sí. La señora «Reyes» calló."),
    ("Esperanza Luna", "‹Esperanza› tiene esperanza; «Esperanza Luna» más."),
    ("Refugio Santillán", "Preguntar a ‹Refugio› por el refugio. «Santillan» sabe."),
    ("Ángel Maldonado", "‹Angel› y ‹Ángel›; un ángel; don «Ángel»"),
    ("María José Núñez", "«Maria Jose», «maria josé nuñez», «Núñez»"),
    ("Juan Carlos de Anda", "«J. C. de Anda»; la idea de «Anda»; «De Anda»"),
    ("Tomás Ortega y Gasset", "«Ortega y Gasset»; «Ortega» y nada más"),
    ("Consuelo Iglesias", "La doctora no dio consuelo. Dra. «Consuelo» sí."),
]

YORUBA = [
    ("Boluwatife Ogunleye", "«Boluwatife»'s aunt knew «ogunleye»."),
    ("Bọ́lá Ṣóyínká", "«Bola» and «Soyinka»; «Bọ́lá», «ṢÓYÍNKÁ»"),
    ("Olúwaṣeun Adébáyọ̀", "«Oluwaseun Adebayo» and «O. Adebayo»"),
    ("Femi Oduya", "«femi», «Femi»'s; feminism stays"),
]

HMONG = [
    ("Mai Chou Vang", "«Mai Chou Vang» and «Mai» and «Vang Mai Chou»"),
    ("Mai Her", "«Mai Her» told «Mai» her story. Her story stays."),
    ("Tou Ger Lor", "«Tou Ger» and «tou ger lor»; total, anger, color"),
    ("May Thao", "‹May› spoke; in may we meet; may we? «May Thao», «Thao»."),
    ("See Xiong", "I see. «See Xiong» sees. Then ‹See› spoke."),
]

CHINESE = [
    ("Liu Wei", "«Liu Wei» and «Wei Liu» sat; «wei» spoke. We weighed it."),
    ("Yan He", "I told «Yan» he was right. He agreed. «Yan He»."),
    ("Qiang Xu", "«Qiang» noted it; «xu» too."),
    ("王小明", "«王小明»说他累了。‹小明›也是。小事明天再说。"),
    ("欧阳小明", "«欧阳小明»和‹欧阳›老师"),
    ("Ouyang Mei-ling", "«Meiling», «Mei ling», «Mei-Ling Ouyang»"),
]

VIETNAMESE = [
    ("Nguyễn Thị Hồng Nhung", "«Nguyen Thi Hong Nhung», «Hồng Nhung», «nhung»; «Nguyễn»"),
    ("Minh Do", "Do it. Dr. «Do» and «Minh Do» do. We heard ‹Do› speak."),
    ("Đỗ Văn An", "«Đỗ» came; do we? An hour. «Đỗ Văn An» and then ‹An› said."),
    ("Le Thi Bao", "Dr. «Le»; «Le Thi Bao»; le dije; «Bao»"),
    ("Quoc Bao Le", "«Quoc Bao», «Bao», «Le, Quoc»; le dije"),
    ("Thuy Duong Pham", "«Thuy» paired with «Duong»"),
]

ARABIC = [
    ("Omar al-Sayed", "«al-Sayed», «Al Sayed», «Alsayed», «Sayed»’s; le dije al otro"),
    ("Ahmed bin Salman", "«Ahmed bin Salman» and «bin Salman»; the bin is full"),
    ("Fatima Zahra El Amrani", "«fatima» and «El Amrani» and «Amrani»"),
    ("أحمد منصور", "قال «أحمد» نعم، و«احمد منصور» أيضا"),
    ("Yusra Elmi", "I disagree with «Yusra». «Elmi»?"),
]

NATIVE = [
    ("Takoda Iron Shell", "«Takoda», «Iron Shell»; «takoda iron shell»; iron and shell"),
    ("Winona Two Bulls", "Two people left. «Two Bulls» stayed; two bulls grazed."),
    ("Summer Eagleman", "‹Summer› told about summer. «Summer Eagleman»."),
    ("Raelynn Tsosie", 'signed "«R. Tsosie»"'),
    ("Leilani Kaʻiulani", "«Leilani» and «Ka'iulani» and «Kaiulani»"),
]

OTHER = [
    ("김민수", "«김민수»는 말했다. ‹민수›가 웃었다."),
    ("สมชาย ใจดี", "คุณ«สมชาย»พูด «สมชาย ใจดี»"),
    ("Sun-hee Park", "«Sunhee»; «sun-hee»; «Sun Hee Park»; the sun; a park"),
    ("Dmitri Volkov\nДмитрий Волков", "«Дмитрий» и «волков»; «Dmitri»"),
    ("राम कुमार", "«राम» ने कहा"),
]

# Words of race, faith, place, feeling and the agreements, with a roster that holds them as names.
WORDS = [
    ("Renee Black", "‹Black› colleagues; black coffee; anti-Black racism; non-Black staff."),
    ("Renee Black", "Dr. «Black», Ms. «Black», «Black»'s, «Renee Black», «Black, Renee»"),
    ("Angela Brown", "‹Brown› and white; «Angela Brown»; ‹BROWN› PEOPLE"),
    ("Christian Bauer", "‹Christian› values; christian; «Christian Bauer»; Brother «Christian»"),
    ("Jordan Spivey", "‹Jordan› is a river, and «Jordan»'s too"),
    ("Hope Delacroix", "‹Hope› has lost hope; «hope delacroix» has not"),
    ("Grace Amankwah", "‹Grace› asked for grace; Auntie «Grace» gave it"),
    ("Will Prescott", "I will; ‹Will› you? «Will»'s turn; «Will Prescott» will."),
    ("Will Young", "‹Will› young people speak? «Will Young» will. ‹will young› did."),
    ("Rose Tillman", "‹Rose› rose to leave"),
    ("Mark", "‹Mark› made a mark"),
    ("An", "‹An› spoke to an aunt"),
    ("Paris Underwood", "They met in ‹Paris›. «Underwood» did."),
]

EMPTY = [
    ("", "Brandon and Hope and Black"),
    ("Ana Pérez", "Black, white, Christian, Stay engaged, Feeling, Grace, Jordan, May."),
    ("Ana Pérez", "Speak your truth. Experience discomfort. Expect non-closure."),
    ("Ana Pérez", "banana, analysis, Anatolia, Perezosa, Ananas"),
    ("Ana Pérez", "\n  \n"),
]

ROWS = [
    *ANGLO, *SPANISH, *YORUBA, *HMONG, *CHINESE, *VIETNAMESE, *ARABIC, *NATIVE, *OTHER, *WORDS,
    *EMPTY,
]  # fmt: skip

_TIERS = {"«": "auto", "‹": "review"}


def marked(row: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a row's text without its marks, and each marked part with its tier."""
    text, found = "", []
    for piece in row.replace("»", "«").replace("›", "‹").split("«"):
        text += piece
    text = text.replace("‹", "")
    rest = row
    while (at := min((rest.find(sign) for sign in _TIERS if sign in rest), default=-1)) >= 0:
        end = rest.index("»" if rest[at] == "«" else "›", at)
        found.append((rest[at + 1 : end], _TIERS[rest[at]]))
        rest = rest[end + 1 :]
    return text, found


@pytest.mark.parametrize(("pasted", "row"), ROWS)
def test_names_are_found_and_words_are_left(pasted: str, row: str) -> None:
    """A roster's names are found in every spelling people use, and nothing else is."""
    text, expected = marked(row)
    spans = find_roster(text, Roster.parse(pasted))
    assert [(text[span.start : span.end], span.tier) for span in spans] == expected
    assert {span.label for span in spans} <= {"name"}


def test_the_table_is_wide_enough() -> None:
    """The table holds the promised number of rows and of marked places."""
    assert len(ROWS) >= 60
    assert sum(len(marked(row)[1]) for _, row in ROWS) >= 150


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Ana Pérez\nLuis Cabrera", ["Ana Pérez", "Luis Cabrera"]),
        ("Ana Pérez, Luis Cabrera", ["Ana Pérez", "Luis Cabrera"]),
        ("Ana; Luis\tKim", ["Ana", "Luis", "Kim"]),
        ("Ana, Luis and Kim & Bo / Lu", ["Ana", "Luis", "Kim", "Bo", "Lu"]),
        ("Pérez, Ana\nCabrera, Luis", ["Ana Pérez", "Luis Cabrera"]),
        ("Ruiz Gil, Ana; Cabrera, Luis; Bo", ["Ana Ruiz Gil", "Luis Cabrera", "Bo"]),
        ("Ana Pérez <ana@x.org>, Luis Cabrera <l@x.org>", ["Ana Pérez", "Luis Cabrera"]),
        ('"Pérez, Ana" <a@x.org>; "Cabrera, Luis" <l@x.org>', ["Ana Pérez", "Luis Cabrera"]),
        ("To: Ana Pérez <ana@x.org>\nCc: Luis Cabrera <l@x.org>", ["Ana Pérez", "Luis Cabrera"]),
        ("1. Ana Pérez\n2) Luis\n- Kim\n• Bo", ["Ana Pérez", "Luis", "Kim", "Bo"]),
        ("[ ] Lu\n10 May\na) Al\n#3 Ed\nJ. Pérez", ["Lu", "May", "Al", "Ed", "J. Pérez"]),
        ("Dr. Ana Pérez\nMr Luis\nProf. Dr. Kim\nDon Lee", ["Ana Pérez", "Luis", "Kim", "Don Lee"]),
        ("Ana Pérez, RN\nLuis, M.D., Ph.D.\nKim Li Jr.", ["Ana Pérez", "Luis", "Kim Li"]),
        ("Ana Pérez (she/her)\nLuis [he, him]\nKim they/them", ["Ana Pérez", "Luis", "Kim"]),
        ("Ana Pérez (Host, me)\nDeborah (Deb) Li", ["Ana Pérez", "Deborah Deb Li"]),
        ("王小明 (Wang Xiaoming)\n<Ana>", ["王小明 Wang Xiaoming", "Ana"]),
        ("First\tLast\nAna\tPérez\nLuis\tCabrera", ["Ana Pérez", "Luis Cabrera"]),
        ("Name\nAna Pérez\nana pérez\nANA PEREZ", ["Ana Pérez"]),
        ("ana.perez@x.org", ["ana perez"]),
        ("Ana ana@x.org", ["Ana"]),
        ("Minh Do", ["Minh Do"]),
        ("\u202eAna\u0007 Pérez", ["Ana Pérez"]),
        ("", []),
        ("123\n--\n,;", []),
    ],
)  # fmt: skip
def test_a_pasted_list_is_read_as_people_write_lists(pasted: str, names: list[str]) -> None:
    """Lists from mail, spreadsheets, minutes and by hand give the same plain names."""
    roster = Roster.parse(pasted)
    assert list(roster.names) == names
    assert len(roster) == len(names)
    assert roster.is_empty is (not names)
    assert roster.left_out == 0


@pytest.mark.parametrize(
    ("pasted", "size", "left_out"),
    [
        ("\n".join(f"Ana {chr(0x4E00 + n)}{chr(0x5E00 + n)}" for n in range(1005)), 1000, 5),
        ("Ana\n" + "x" * (NAME_LIMIT + 1), 1, 1),
        ("Ana\n" + "x" * NAME_LIMIT, 2, 0),
        ("A. B.\nAna\ninfo@x.org", 1, 2),
        ("Ana" + "\n" * 300_000, 1, 1),
    ],
)
def test_what_a_roster_cannot_hold_is_counted(pasted: str, size: int, left_out: int) -> None:
    """Too many names, too long ones and bare initials are left out, and their number is told."""
    roster = Roster.parse(pasted)
    assert (len(roster), roster.left_out) == (size, left_out)


def test_the_same_person_has_one_key_and_a_shared_name_its_own() -> None:
    """Each way to write a person gives one key; a name two people share is neither's."""
    text = "Ana Ruiz, Ruiz, A. Ruiz; Ana Lee, Lee; Ana"
    spans = find_roster(text, Roster.parse("Ana Ruiz\nAna Lee"))
    keys = [span.key for span in spans]
    assert len(spans) == 6
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] == keys[4]
    assert len(set(keys)) == 3


def test_the_order_of_the_roster_does_not_change_the_keys() -> None:
    """A roster pasted again in another order keeps everyone's key."""
    text = "Ana and Luis and Kim Li"
    one = find_roster(text, Roster.parse("Ana Ruiz\nLuis\nKim Li"))
    other = find_roster(text, Roster.parse("Kim Li\nAna Ruiz\nLuis"))
    assert one == other


def test_nothing_printed_shows_a_name() -> None:
    """A roster, its look-up and its spans show counts and places when printed, never a name."""
    roster = Roster.parse("Zebulon Quarles")
    spans = find_roster("Zebulon said so", roster)
    shown = f"{roster!r} {roster} {roster.people!r} {spans!r} {vars(Roster)!r}".casefold()
    assert "zebulon" not in shown
    assert "quarles" not in shown
    assert repr(roster) == "Roster(names=1, left_out=0)"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([f"ana {n:b}".replace("0", "o").replace("1", "l") for n in range(1000)], "ana " * 1000),
        (["ab " * 20 + chr(0x61 + n % 26) * 5 + "x" * (n // 26) for n in range(600)], "ab " * 1333),
        (["will may grace hope " * 3 + "abcdefghij"[n % 10] * (n // 10) for n in range(300)],
         "will may grace hope " * 200),
        (["明" * n + "王" for n in range(2, 70)], "明" * 4000),
        (["a-" * 30 + "b" * n for n in range(2, 20)], "a-" * 2000),
        (["a b c " + "d" * n for n in range(2, 60)], "A. " * 1333),
        (["José"], "e\u0301" * 2000),
        (["José"], "[" * 4000),
    ],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_hostile_texts_and_rosters_are_read(names: list[str], text: str) -> None:
    """Long texts and alike names made to be slow are read as any other, without overlaps."""
    spans = find_roster(text, Roster.parse("\n".join(names)))
    assert all(left.end <= right.start for left, right in pairwise(spans))


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_list_and_any_text_are_read(pasted: str, text: str) -> None:
    """Whatever is pasted and typed, in any script, gives ordered spans within the text."""
    for typed in (text, paragraph(text), paragraph(text + " " + pasted)):
        spans = find_roster(typed, Roster.parse(pasted))
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= span.start < span.end <= len(typed) for span in spans)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_reading_a_list_again_changes_nothing(pasted: str) -> None:
    """The names of a roster, pasted one a line, give names that are as good as the first."""
    roster = Roster.parse(pasted)
    assert Roster.parse("\n".join(roster.names)).left_out == 0
    assert all(len(name) <= NAME_LIMIT for name in roster.names)
