"""Files of people: what each line says, or what is wrong with it, whatever the file is."""

from __future__ import annotations

from io import BytesIO

import pytest

from accounts.people_import.files import COLUMNS, CSV, LONGEST_LINE, MOST_LINES, NDJSON, Fault, Line, read_lines

HEADER = (
    "The first line names the columns, each once and with commas between: email, and any of"
    " email, first_name, last_name, role, password_hash."
)


def read(data: bytes | str, form: str = CSV) -> list[Line | Fault]:
    return list(read_lines(BytesIO(data.encode() if isinstance(data, str) else data), form))


def line(number: int, **values: str) -> Line:
    return Line(number, dict.fromkeys(COLUMNS, "") | values)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_csv_is_read_with_any_line_ending_and_byte_order_mark(end: str, start: str) -> None:
    text = end.join(['email,last_name,"first_name"', 'Ada@x.example," Love, lace ",Ada', "", "b@x.example,,"])
    assert read(start + text) == [
        line(2, email="Ada@x.example", last_name="Love, lace", first_name="Ada"),
        line(4, email="b@x.example"),
    ]


def test_ndjson_is_read() -> None:
    text = '\ufeff{"email": "a@x.example", "role": null, "first_name": "Zoë"}\r\n\n{"email": ""}'
    assert read(text, NDJSON) == [line(1, email="a@x.example", first_name="Zoë"), line(3)]


@pytest.mark.parametrize(
    "header", ["a@x.example,Ada", "email;role", "email,email", "email,password", "role", "Email", '"']
)
def test_without_a_header_that_names_columns_nothing_else_is_read(header: str) -> None:
    (fault,) = read(f"{header}\na@x.example,\n") if header != '"' else read('email,"x"y"\n')[:1]
    assert fault == Fault(1, "", HEADER) or header == '"'


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"a@x.example", "This line has 1 values, and the first line names 2."),
        (b"a@x.example,b,c", "This line has 3 values, and the first line names 2."),
        (b'a@x.example,"b', "This is no line of CSV: a quote is not closed, or stands in the middle of a value."),
        (b'a@x.example,"b"c', "This is no line of CSV: a quote is not closed, or stands in the middle of a value."),
        (b"a@x.example,b\rc", "This is no line of CSV: a quote is not closed, or stands in the middle of a value."),
        (b"a@x.example,\0", "There is a NUL character in this line."),
        (b"a@x.example,\xff", "This line is not UTF-8. Save the file as UTF-8."),
    ],
)
def test_a_line_of_csv_that_is_wrong_is_named_and_the_next_is_read(raw: bytes, detail: str) -> None:
    assert read(b"email,role\n" + raw + b"\nb@x.example,user\n") == [
        Fault(2, "", detail),
        line(3, email="b@x.example", role="user"),
    ]


@pytest.mark.parametrize(
    ("text", "field", "detail"),
    [
        ("[]", "", "This line is no JSON object."),
        ("nonsense", "", "This line is no JSON object."),
        ('{"email": "a@x.example"', "", "This line is no JSON object."),
        ("[" * 4_000, "", "This line is no JSON object."),
        ('{"email": ' + "9" * 4_000 + "}", "email", "Use a text, or null."),
        ('{"email": 7}', "email", "Use a text, or null."),
        ('{"email": ["a@x.example"]}', "email", "Use a text, or null."),
        ('{"email": "a@x.example", "role": true}', "role", "Use a text, or null."),
        ('{"email": "a@x.example", "email": "b@x.example"}', "", "A name stands twice in this line."),
        ('{"first_name": "\\ud800"}', "first_name", "There is half of a character in it (a surrogate of UTF-16)."),
        (
            '{"email": "a@x.example", "is_active": "no"}',
            "",
            "There is a name that we do not know. Use any of email, first_name, last_name, role, password_hash.",
        ),
    ],
)
def test_a_line_of_ndjson_that_is_wrong_is_named_and_the_next_is_read(text: str, field: str, detail: str) -> None:
    assert read(f'{text}\n{{"email": "b@x.example"}}', NDJSON) == [
        Fault(1, field, detail),
        line(2, email="b@x.example"),
    ]


def test_a_line_without_an_end_ends_the_reading() -> None:
    class Endless(BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= LONGEST_LINE + 1, "no more is taken into memory"
            return b"\0" * size

    assert list(read_lines(Endless(), CSV)) == [Fault(1, "", f"This line is longer than {LONGEST_LINE:,} bytes.")]


def test_utf_16_is_told_at_the_first_line() -> None:
    assert read("email\na@x.example\n".encode("utf-16")) == [
        Fault(1, "", "This line is not UTF-8. Save the file as UTF-8.")
    ]


def test_more_lines_than_there_may_be_end_the_reading() -> None:
    found = read("email\n" + "a@x.example\n" * (MOST_LINES + 9))
    assert (len(found), found[-1]) == (
        MOST_LINES,
        Fault(MOST_LINES + 1, "", f"A file has {MOST_LINES:,} lines at most: cut it into several."),
    )


def test_a_file_of_nothing_says_nothing() -> None:
    assert [read(data, form) for data in ("", "\n\r\n ", "\ufeff") for form in (CSV, NDJSON)] == [[]] * 6
