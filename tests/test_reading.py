import gzip
import json
import sqlite3

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tastemaker.tools.build.reading import FileSource, source_of
from tastemaker.tools.errors import DataError


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="things.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return FileSource(path).read()

    return write_and_read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read, delimiter):
    table = read(
        delimiter.join(["id", "title", "kinds"]) + "\n" + delimiter.join(["1", "A, b", "x"]).replace("A, b", '"A, b"')
    )
    assert table.columns == {"id": ["1"], "title": ["A, b"], "kinds": ["x"]}


def test_commas_in_text_do_not_outvote_the_real_delimiter(read):
    table = read("id;title;text\n1;A;one, two, three\n2;B;four, five, six\n")
    assert list(table.columns) == ["id", "title", "text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(read, encoding):
    assert read("id,title\n1,Amélie à Paris\n".encode(encoding)).columns["title"] == ["Amélie à Paris"]


def test_cells_may_hold_lines_and_quotes(read):
    table = read('id,title\n1,"two\nlines ""quoted"""\n2,B\n')
    assert table.columns["title"] == ['two\nlines "quoted"', "B"]
    assert table.lines == [2, 4]


def test_a_line_of_another_width_is_kept_aside_by_its_number(read):
    table = read("id,title\n1,A\n2,B,C\n\n3\n4,D\n")
    assert table.columns["id"] == ["1", "4"]
    assert [(each.line, each.reason.split(";")[0]) for each in table.rejected] == [
        (3, "3 cells where the header has 2"),
        (5, "1 cells where the header has 2"),
    ]


def test_a_quote_that_is_not_closed_costs_one_line(read):
    table = read('id,title\n1,"open\n2,B\n3,C\n')
    assert table.columns["id"] == ["2", "3"]
    assert [(each.line, each.reason) for each in table.rejected] == [(2, "a quote is not closed")]


def test_missing_cells_are_none(read):
    assert read("id,title\n1,N/A\n2,\n").columns["title"] == [None, None]


def test_a_column_without_a_name_gets_one(read):
    assert list(read(",title\n0,A\n").columns) == ["column 1", "title"]


def test_json_lines_keep_their_types(read):
    table = read('{"id": 1, "tags": ["a"]}\n\n{"id": 2, "title": "  B "}\n', "things.jsonl")
    assert table.columns == {"id": [1, 2], "tags": [["a"], None], "title": [None, "B"]}
    assert table.lines == [1, 3]


def test_bad_json_lines_are_kept_aside(read):
    table = read('{"id": 1}\n{"id": \n[1, 2]\n' + "[" * 100_000 + "\n", "things.jsonl")
    assert table.columns == {"id": [1]}
    assert [each.line for each in table.rejected] == [2, 3, 4]


def test_parquet_is_read_with_its_lists(tmp_path):
    path = tmp_path / "things.parquet"
    pandas.DataFrame({"id": [1, 2], "tags": [["a", "b"], []], "year": [1999.0, None]}).to_parquet(path)
    assert FileSource(path).read().columns == {"id": [1, 2], "tags": [["a", "b"], None], "year": [1999.0, None]}


def test_zipped_files_are_read(tmp_path):
    path = tmp_path / "things.csv.gz"
    path.write_bytes(gzip.compress(b"id,title\n1,A\n"))
    assert source_of(path).read().columns["title"] == ["A"]


def test_a_database_table_is_read_by_url(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as database:
        database.executescript(
            "create table goods (id, title); insert into goods values (1, 'A'); create table other (x);"
        )
    source = source_of(f"sqlite:///{tmp_path / 'shop.db'}#goods")
    assert source.name == "goods"
    assert {name: list(values) for name, values in source.read().columns.items()} == {"id": [1], "title": ["A"]}
    with pytest.raises(DataError, match="the database has goods, other"):
        source_of(f"sqlite:///{tmp_path / 'shop.db'}").read()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("things.csv", "", "is empty; give a header line"),
        ("things.csv", "id,title\n", "holds no rows"),
        ("things.csv", "1,2\n3,4\n", "add a header line"),
        ("things.csv", "id,id\n1,2\n", "two columns named 'id'; rename one"),
        ("things.csv", "id,title\n1\n2\n", "first bad row is line 2"),
        ("things.jsonl", '[{"id": 1}]', "write one object a line"),
        ("things.parquet", "nonsense", "is not a Parquet file"),
        ("things.csv.gz", "nonsense", "cannot be read"),
    ],
)
def test_a_file_of_no_use_is_told_with_its_cure(read, name, content, message):
    with pytest.raises(DataError, match=message):
        read(content, name)


def test_a_file_that_is_not_there_is_told_with_its_cure(tmp_path):
    with pytest.raises(DataError, match="check the path"):
        source_of(tmp_path / "nothing.csv")


def test_a_format_nobody_knows_is_told_with_its_cure(tmp_path):
    (tmp_path / "things.xlsx").write_bytes(b"PK")
    with pytest.raises(DataError, match=r"\.csv, \.tsv, \.jsonl or \.parquet"):
        source_of(tmp_path / "things.xlsx")


@pytest.mark.parametrize("url", ["nonsense://x", "sqlite:////no/such/place.db#t", "postgresql+nothing://x/y"])
def test_a_database_that_cannot_be_reached_is_told_with_its_cure(url):
    with pytest.raises(DataError, match="URL"):
        source_of(url).read()


def test_the_fingerprint_follows_the_content(tmp_path):
    path = tmp_path / "things.csv"
    path.write_text("id\n1\n")
    first = source_of(path).fingerprint()
    assert source_of(path).fingerprint() == first
    path.write_text("id\n2\n")
    assert source_of(path).fingerprint() != first


cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_every_line_is_read_or_told(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("lines") / "things.csv"
    path.write_bytes(("id,title\n" + "".join(f"{k},{a},{b}\n" for k, (a, b) in enumerate(rows))).encode())
    try:
        table = FileSource(path).read()
    except DataError:
        return
    assert len(table) + len(table.rejected) >= 1
    assert all(each.line >= 2 for each in table.rejected)
    assert all(json.loads(each.to_json())["reason"] for each in table.rejected)
