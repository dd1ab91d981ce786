import pytest
from hypothesis import given
from hypothesis import strategies as st

from tastemaker.tools.build.values import (
    date_format,
    date_of,
    is_missing,
    names_of,
    number_and_unit,
    number_of,
    seconds_of,
    separator_of,
    split_names,
    text_of,
)


@pytest.mark.parametrize("value", [None, "", "  ", "N/A", "NaN", "null", "\\N", float("nan"), float("inf"), [], {}, ()])
def test_these_cells_say_nothing(value):
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "no", "Nana", ["a"]])
def test_these_cells_say_something(value):
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("12", (12.0, "")),
        ("1,234 pages", (1234.0, "pages")),
        ("1 234 567", (1234567.0, "")),
        ("€ 12,50", (12.5, "€")),
        ("$9.99", (9.99, "$")),
        ("90min", (90.0, "min")),
        ("-3", (-3.0, "")),
        ("−3.5", (-3.5, "")),
        ("1e3", (1000.0, "")),
        (7, (7.0, "")),
        ("Ocean's 11", None),
        ("8 to 10 players", None),
        ("2001: A Space Odyssey", None),
        ("1.2.3", None),
        (True, None),
        (None, None),
        (10**400, None),
    ],
)
def test_numbers_are_read_with_their_unit(value, found):
    assert number_and_unit(value) == found


@given(st.text() | st.floats() | st.integers() | st.booleans())
def test_no_cell_crashes_a_reader(value):
    for read in (is_missing, number_of, date_of, seconds_of, text_of, names_of):
        read(value)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        (["2019-05-03", "1999-12-31T10:00:00"], "iso"),
        (["03.05.2019"], "%d.%m.%Y"),
        (["31/12/2019", "01/02/2020"], "%d/%m/%Y"),
        (["12/31/2019", "01/02/2020"], "%m/%d/%Y"),
        (["01/02/2020", "03/04/2020"], None),
        (["May 3, 2019"], "%B %d, %Y"),
        (["2019", "2020"], None),
        ([], None),
    ],
)
def test_a_column_of_dates_is_known_by_all_its_values(values, written):
    assert date_format(values) == written


def test_dates_become_iso_dates():
    assert date_of("31/12/2019", "%d/%m/%Y") == "2019-12-31"
    assert date_of("2019-02-30") is None
    assert date_of("1999-12-31 23:59:59") == "1999-12-31"


def test_moments_are_seconds_whatever_they_were():
    assert seconds_of(1_500_000_000) == 1_500_000_000
    assert seconds_of("1500000000000") == 1_500_000_000
    assert seconds_of("1970-01-02T00:00:00+00:00") == 86_400
    assert seconds_of("yesterday") is None


@pytest.mark.parametrize(
    ("value", "separator", "names"),
    [
        ("Sammy Davis, Jr., Dean Martin", ", ", ("Sammy Davis, Jr.", "Dean Martin")),
        ("Adam,Eve", ", ", ("Adam", "Eve")),
        ("Acme, Inc., Bolt, Ltd.", ", ", ("Acme, Inc.", "Bolt, Ltd.")),
        ("Ann, 1st Baroness Ek, Bo", ", ", ("Ann, 1st Baroness Ek", "Bo")),
        ("a|b| |a", "|", ("a", "b")),
        ('["a", "b"]', None, ("a", "b")),
        ("['a', \"b's\"]", None, ("a", "b's")),
        ([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], None, ("a", "b")),
        ([1, 2.0, None], None, ("1", "2")),
        ("[unclosed", None, ("[unclosed",)),
        ("one", None, ("one",)),
    ],
)
def test_names_are_taken_apart(value, separator, names):
    assert names_of(value, separator) == names


@pytest.mark.parametrize(
    ("values", "known", "separator"),
    [
        (["a|b", "c"], False, "|"),
        (["War; Peace", "Love"], False, ";"),
        (["Drama, War", "War", "Drama", "Comedy, War"], False, ", "),
        (["Washington, DC", "Paris", "Portland, OR", "Rome"], False, None),
        (["Ann Lee, Bo Ek", "Cy Dee"], False, None),
        (["Ann Lee, Bo Ek", "Cy Dee"], True, ", "),
        (["Tolkien, J.R.R.", "Austen, Jane", "Woolf, Virginia"], True, None),
        (["Davis, Jr."], True, None),
        (["one", "two"], True, None),
        (["A long sentence about the sea, and another one about the hills that rise over it.", "x"], True, None),
        ([], True, None),
    ],
)
def test_the_separator_is_told_from_the_whole_column(values, known, separator):
    assert separator_of(values, names=known) == separator


@given(st.lists(st.text(alphabet="abc XYZ.'", min_size=1).filter(lambda text: text.strip()), min_size=1, max_size=5))
def test_splitting_takes_apart_what_was_joined(names):
    names = [name.strip() for name in names]
    assert split_names("|".join(names), "|") == names
