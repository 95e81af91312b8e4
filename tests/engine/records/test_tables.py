"""No row of a table is lost, whatever its quotes do."""

import pytest

from portfolio.records.tables.reader import rows_of

COLUMNS = ("date", "text", "link")


def read(text, columns=COLUMNS):
    """Return the cells of each row of a table of news, and the problems as people see them."""
    problems = []
    rows = rows_of(text, shown_as="t.csv", problems=problems, columns=columns)
    return [list(row.cells.values()) for row in rows], [str(problem) for problem in problems]


def line_of(number):
    """Return what is said of a quote that is not closed."""
    remedy = 'close it, or write "" for a quote in a cell'
    return f"t.csv:{number}: row: a quote is not closed: {remedy}"


@pytest.mark.parametrize(
    "broken",
    [
        '2021-01-01,"Foam,foo',
        '"2021-01-01,Foam,foo',
        '2021-01-01,Foam,"foo',
        '2021-01-01, "Foam,foo',
    ],
    ids=["text", "date", "last", "after a blank"],
)
@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("2021-02-02,Sea,bar\n2021-03-03,Sky,baz\n", ["Sea", "Sky"]),
        ('2021-02-02,"Sea, too",bar\n2021-03-03,Sky,baz\n', ["Sea, too", "Sky"]),
        ('2021-02-02,"Sea",""\n2021-03-03,"Sky",baz', ["Sea", "Sky"]),
        ('2021-02-02,Sea,bar\n2021-03-03,"Sky ""s""",baz\n', ["Sea", 'Sky "s"']),
        ("", []),
    ],
    ids=["plain", "quoted", "all quoted", "quotes in it", "nothing"],
)
def test_a_quote_that_is_not_closed_takes_no_row_with_it(broken, rest, told):
    """Its own row is read without it, its line is named, and all others are kept."""
    rows, problems = read(f"date,text,link\n{broken}\n{rest}")
    assert rows[0] == ["2021-01-01", "Foam", "foo"]
    assert [row[1] for row in rows[1:]] == told
    assert problems == [line_of(2)]


def test_two_strays_do_not_make_one_cell_of_the_rows_between():
    """Lines that are rows by themselves are rows."""
    rows, problems = read(
        'date,text,link\n2021-01-01,"Foam,a\n2021-02-02,Sea,b\n2021-03-03,Sky",c\n'
    )
    assert [row[0] for row in rows] == ["2021-01-01", "2021-02-02", "2021-03-03"]
    assert problems[0] == line_of(2)
    assert problems[1].startswith("t.csv:4: row: a quote is closed that was never opened: ")


def test_a_cell_may_have_several_lines():
    """Quoted as they should be, lines, blank ones and doubled quotes are part of a cell."""
    rows, problems = read('key,abstract\nx,"One, two\nthree, ""four""\n\nfive"\ny,z\n', ())
    assert rows == [['One, two\nthree, "four"\n\nfive'], ["z"]]
    assert problems == []


@pytest.mark.parametrize("text", ['5" disk', 'the "old" way', "it's"])
def test_a_quote_within_a_cell_is_a_letter(text):
    """A cell that does not begin with a quote is not quoted."""
    assert read(f"date,text,link\n2021-01-01,{text},x\n2021-02-02,b,y\n")[0][0][1] == text


def test_quotes_in_a_quoted_cell_need_not_be_doubled_on_one_line():
    """What people type is understood where it can be."""
    rows, problems = read('date,text,link\n2021-01-01,"I, too, said "hi" there",x\n')
    assert rows == [["2021-01-01", 'I, too, said "hi" there', "x"]]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "date;text;link\n2021-01-01;Foam, indeed;x\n",
        "date\ttext\tlink\n2021-01-01\tFoam, indeed\tx\n",
        "sep=;\ndate;text;link\n2021-01-01;Foam, indeed;x\n",
        '\n,,\nDate , Text,LINK\n2021-01-01,"Foam, indeed",x\n',
    ],
    ids=["semicolons", "tabs", "Excel's hint", "blank lines first"],
)
def test_every_habit_of_spreadsheets_is_read(text):
    """The mark between cells is the one that the first line has most of."""
    assert read(text) == ([["2021-01-01", "Foam, indeed", "x"]], [])


def test_a_table_without_a_first_line_loses_no_row():
    """Its columns are taken in their usual order, and the lack is named."""
    rows, problems = read("2021-01-01,Foam,x\n2021-02-02,Sea,y\n")
    assert [row[1] for row in rows] == ["Foam", "Sea"]
    assert problems == [
        "t.csv:1: row: no line above it names the columns: begin with a line date,text,link"
    ]


def test_a_first_line_that_stands_twice_is_no_row():
    """Tables are often pasted one under the other."""
    rows, problems = read("date,text,link\n2021-01-01,a,x\ndate,text,link\n2021-02-02,b,y\n")
    assert [row[1] for row in rows] == ["a", "b"]
    assert problems == ["t.csv:3: row: the first line stands here again: remove it"]


def test_a_long_damaged_table_is_read_in_linear_time():
    """Twice as many damaged lines take about twice as long."""
    for text in ('a,"b,c\n', 'a,"b""c\n', '"a",""b,"c\n', ',"a' * 10 + "\n"):
        rows, problems = read("x,y,z\n" + text * 5000, ())
        assert len(rows) == 5000
        assert len(problems) >= 5000


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("date,text,link", []),
        ("Date;Text", []),
        ("date,what", []),
        ("day,text", ["t.csv:1: date: there is no column of this name"]),
    ],
)
def test_the_first_line_need_not_name_every_column(header, said):
    """But the one that a row cannot do without."""
    problems = read(f"{header}\n2021-01-01{';' if ';' in header else ','}a\n")[1]
    assert [problem.rpartition(": ")[0] for problem in problems] == said
