"""Slips of the keyboard, and what is no slip."""

import pytest

from tastemaker.tools.resolve.fuzzy import FuzzyIndex

KEYS = ["blade runner", "blade", "rocky 2", "rocky 3", "spielberg", "dark water", "spider man", "horror", "it", "heat"]


@pytest.fixture(scope="module")
def index():
    return FuzzyIndex(KEYS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("blade runer", "blade runner"),
        ("balde runner", "blade runner"),
        ("spilberg", "spielberg"),
        ("speilberg", "spielberg"),
        ("horrer", "horror"),
        ("spidermann", "spider man"),
    ],
)
def test_a_slip_is_forgiven(index, typed, meant):
    assert index.near(typed)[0][0] == meant


@pytest.mark.parametrize("typed", ["rocky 4", "dark matter", "hat", "hea", "", "zorblax", "blade walker", "a" * 2000])
def test_another_name_is_no_slip(index, typed):
    assert index.near(typed) == ()


def test_the_nearest_names_are_suggested_best_first():
    index = FuzzyIndex(["salt road", "salt lake", "glass road"])
    assert index.nearest("salty road", 2) == ["salt road", "glass road"] or index.nearest("salty road", 1) == [
        "salt road"
    ]
    assert index.nearest("zzzzzz", 3) == []
