"""Norwegian text becomes the keys it is found by."""

import pytest

from indexer.tokens import keys, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skole", "skulane"),
        ("sykehjemmene", "sjukeheimane"),
        ("innbyggerne", "innbyggjarar"),
        ("lærere", "lærarane"),
        ("regnskapet", "rekneskapen"),
        ("sykefravær", "sjukefråværet"),
        ("hjemmetjenesten", "heimetenesta"),
        ("boliger", "bustader"),
        ("tilskuddet", "tilskot"),
        ("svømmehallen", "symjehall"),
        ("uker", "veker"),
        ("bosatte", "busette"),
    ],
)
def test_bokmal_and_nynorsk_share_a_key(one: str, other: str) -> None:
    assert keys(one)[0] == keys(other)[0]


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("lånegjelden", "gjeld"),
        ("driftsinntektene", "inntekt"),
        ("renovasjonsgebyr", "gebyr"),
        ("grunnskolepoeng", "grunnskole"),
        ("sosialhjelpsmottakere", "sosialhjelp"),
        ("barnehageplassene", "barnehage"),
    ],
)
def test_a_compound_is_found_by_its_part(compound: str, part: str) -> None:
    assert keys(part)[0] in keys(compound)


@pytest.mark.parametrize("word", ["avvik", "budsjett", "personer", "tilskudd", "innbygger"])
def test_a_word_that_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert len(keys(word)) == 1


def test_every_form_of_a_compound_is_split_alike() -> None:
    forms = ["sykehjemsplass", "sykehjemsplasser", "sykehjemsplassene", "sykehjemsplassens"]
    assert len({keys(form) for form in forms}) == 1


def test_numbers_and_years_are_keys_as_printed() -> None:
    assert tokens("11,07 prosent i 2025") == ["11,07", "prosent", "2025"]


def test_function_words_of_three_languages_are_left_out() -> None:
    assert tokens("Hvor mange er det? Kor mykje? How many of the?") == []


def test_abbreviations_meet_the_words_they_stand_for() -> None:
    assert tokens("12 mill. kr") == tokens("12 millioner kroner")


def test_soft_hyphens_and_markup_do_not_cut_words() -> None:
    assert tokens("<b>barne\u00adhage</b>") == tokens("barnehage")


@pytest.mark.parametrize("text", ["", " ", "😀😀", "'; DROP TABLE x;--", "a" * 10_000, "\x00\n\t"])
def test_any_text_gives_keys_or_none(text: str) -> None:
    assert isinstance(tokens(text), list)
