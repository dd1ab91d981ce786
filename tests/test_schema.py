import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.errors import SchemaError, WorkspaceError

TITLE = CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE)


def schema(*fields):
    return CatalogueSchema(fields=(TITLE, *fields))


def test_a_schema_needs_exactly_one_title():
    with pytest.raises(ValidationError, match="exactly one field"):
        CatalogueSchema(fields=(CatalogueField(name="name", type=FieldType.TEXT),))


def test_two_fields_may_not_share_a_name():
    with pytest.raises(ValidationError, match="rename one"):
        schema(CatalogueField(name="pages", type=FieldType.NUMBER), CatalogueField(name="pages", type=FieldType.DATE))


def test_a_year_has_to_be_a_number():
    with pytest.raises(ValidationError, match="needs type = number"):
        CatalogueField(name="year", type=FieldType.TEXT, role=Role.YEAR)


@pytest.mark.parametrize("phrase", ["{values}", "{value.__class__}", "{0}", "{"])
def test_a_phrase_that_cannot_be_filled_is_refused(phrase):
    with pytest.raises(ValidationError):
        CatalogueField(name="pages", type=FieldType.NUMBER, phrase=phrase)


def test_an_unknown_field_is_answered_with_the_fields_there_are():
    with pytest.raises(SchemaError, match="There is no field 'colour'; the fields are title, pages"):
        schema(CatalogueField(name="pages", type=FieldType.NUMBER)).field("colour")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1982.0, "1982"), (12345678.0, "12345678"), (1234567.5, "1234567.5"), (0.1, "0.1"), ("noir", "noir"), (7, "7")],
)
def test_numbers_are_written_without_points_and_exponents(value, shown):
    assert shown_value(value) == shown


def test_a_field_says_its_value_with_its_unit():
    field = CatalogueField(name="runtime", type=FieldType.NUMBER, unit="minutes", phrase="{value} {unit} long")
    assert field.say(117.0) == "117 minutes long"


words = st.text(min_size=1, max_size=20)


@given(
    st.dictionaries(words, st.lists(words, min_size=1, max_size=3).map(tuple), max_size=4), st.lists(words, max_size=3)
)
def test_a_schema_reads_back_as_it_was_written(tmp_path_factory, aliases, cues):
    path = tmp_path_factory.mktemp("schema") / "catalogue.toml"
    written = schema(CatalogueField(name="mood", type=FieldType.CATEGORIES, aliases=aliases, cues=tuple(cues)))
    written.save(path)
    assert CatalogueSchema.load(path) == written


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"fields = [", "is not valid TOML"),
        (b"\xff\xfe\xff", "is not valid TOML"),
        (b'noun = "game"\nfields = []', "exactly one field"),
        (b'fields = [{name = "Title!", type = "text", role = "title"}]', "fields.0.name"),
        (b'fields = [{name = "title", type = "prose", role = "title"}]', "fields.0.type"),
    ],
)
def test_a_broken_file_is_told_with_its_cure(tmp_path, content, message):
    path = tmp_path / "catalogue.toml"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=message):
        CatalogueSchema.load(path)


def test_a_missing_file_is_told_with_its_cure(tmp_path):
    with pytest.raises(WorkspaceError, match="tastemaker build"):
        CatalogueSchema.load(tmp_path / "catalogue.toml")
