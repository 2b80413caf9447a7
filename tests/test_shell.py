"""Reading shell lines: words, operators, here-documents, and quotes that never close."""

from __future__ import annotations

from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture.dialects.line import Line
from errdecode.capture.dialects.pieces import concatenate
from errdecode.capture.shell import find_output, read_line, tell_dialect
from errdecode.model import Text
from errdecode.source import cut, to_root


def _read(value: str, dialect: str = "posix") -> Line:
    return read_line(Text(value), 0, len(value), dialect)[0]


def _words(value: str, dialect: str = "posix") -> list[str]:
    return [word.value for word in _read(value, dialect).commands[0].words]


# ---------------------------------------------------------------- the grammar of bash


def test_adjacent_pieces_are_one_word() -> None:
    """Quoted and bare pieces without a blank between them are glued."""
    assert _words("""curl a'b c'"d"$'\\x21'\\ e""") == ["curl", "ab cd! e"]


def test_a_line_goes_on_after_a_backslash() -> None:
    """A backslash before the line break continues the line, blanks before the break forgiven."""
    assert _words("curl \\\n  -s \\\r\n -v \\  \n  -i x\n-z") == ["curl", "-s", "-v", "-i", "x"]


def test_an_indented_option_continues() -> None:
    """An indented option on the next line belongs to the command even without a backslash."""
    assert _words("curl example.com\n  -H 'A: b'\n{}") == ["curl", "example.com", "-H", "A: b"]


def test_redirections_are_no_words() -> None:
    """Redirections of output vanish with their numbers."""
    assert _words("curl a 2>&1 >out 2> /dev/null &>all b") == ["curl", "a", "b"]


def test_operators_part_commands() -> None:
    """Every operator ends a simple command, and an open one reaches over the line break."""
    line = _read("a b; c && d || e | f &\ng")

    assert [one.operator for one in line.commands] == [";", "&&", "||", "|", "&"]
    assert [one.words[0].value for one in line.commands] == ["a", "c", "d", "e", "f"]
    assert [word.value for one in _read("a |\n b\nc").commands for word in one.words] == ["a", "b"]


def test_comments_end_the_line() -> None:
    """A number sign begins a comment only where a word could begin."""
    assert _words("curl a#b # don't\nx") == ["curl", "a#b"]


def test_variables_stay_as_written() -> None:
    """Variables and substitutions are kept literally and listed."""
    command = _read('curl $A "${B}x" $(date "+%s )") `pwd` \'$C\'').commands[0]

    assert [one.value for one in command.words][1:] == [
        "$A",
        "${B}x",
        '$(date "+%s )")',
        "`pwd`",
        "$C",
    ]
    assert command.variables == ("$A", "${B}", '$(date "+%s )")', "`pwd`")


def test_a_here_document_is_standard_input() -> None:
    """A quoted delimiter keeps the text, an unquoted one undoes escapes, a dash strips tabs."""
    for opening, text, expected in (
        ("<<'EOF'", "a \\$b\n", "a \\$b\n"),
        ("<<EOF", "a \\$b \\\nc\n", "a $b c\n"),
        ("<<-EOF", "\t\ta\n\tb\n", "a\nb\n"),
    ):
        value = f"curl -d @- {opening} example.com\n{text}EOF\nout"
        line = _read(value)
        command = line.commands[0]

        assert command.stdin is not None
        assert command.stdin.value == expected
        assert [word.value for word in command.words] == ["curl", "-d", "@-", "example.com"]
        assert value[line.end :] == "\nout"


def test_a_here_string_is_standard_input() -> None:
    """A here-string gets a line break, as the shell adds one."""
    stdin = _read("curl -d @- <<< '{\"a\": 1}'").commands[0].stdin

    assert stdin is not None
    assert stdin.value == '{"a": 1}\n'


def test_a_substituted_cat_is_its_text() -> None:
    """$(cat <<EOF … EOF) is the text of the here-document without its last line breaks."""
    assert _words('curl -d "$(cat <<\'EOF\'\n{"a": 1}\n\nEOF\n)" b') == [
        "curl",
        "-d",
        '{"a": 1}',
        "b",
    ]


# ---------------------------------------------------------------- the other dialects


def test_doubled_quotes_of_cmd() -> None:
    """Two double quotes inside quotes stand for one.

    Percent signs may stand in quotes of their own.
    """
    assert _words('curl -d "{""a"": ""5"%"""}" x', "cmd") == ["curl", "-d", '{"a": "5%"}', "x"]


def test_carets_inside_plain_quotes() -> None:
    """Browsers of some years wrote carets inside plain quotes; they are escapes all the same."""
    command = 'curl "https://example.com/?a=1^&b=2" ^\n  --data-raw "^{^\\^"a^\\^":^[1^]^}"\nout'

    assert _words(command, "cmd") == [
        "curl",
        "https://example.com/?a=1&b=2",
        "--data-raw",
        '{"a":[1]}',
    ]


def test_redirections_of_cmd() -> None:
    """Redirections and pipes of cmd are no words."""
    assert _words("curl a 2>nul > out.txt | more", "cmd") == ["curl", "a"]


def test_a_here_string_of_powershell() -> None:
    """All between the first and the last line break of a here-string belongs to it."""
    command = "curl.exe -d @'\n{\"a\": 'b'}\n'@ `\n  x\nout"

    assert _words(command, "powershell") == ["curl.exe", "-d", "{\"a\": 'b'}", "x"]


def test_backslashed_quotes_in_double_quotes_of_powershell() -> None:
    """A backslashed quote does not end the string: it was meant for the program."""
    assert _words('curl.exe -d "{\\"a\\": 1}" x', "powershell") == [
        "curl.exe",
        "-d",
        '{"a": 1}',
        "x",
    ]
    assert _words('curl.exe -d "{\\`"a\\`": 1}" x', "powershell") == [
        "curl.exe",
        "-d",
        '{"a": 1}',
        "x",
    ]


def test_the_dialect_shows() -> None:
    """Prompt, continuation and quotes tell the dialect; bash is the default."""
    for value, prompt, expected in (
        ("curl x", "PS C:\\Users\\me> ", "powershell"),
        ("curl x", "C:\\work>", "cmd"),
        ("curl x `\n  -d y", "", "powershell"),
        ("curl x ^\n  -d y", "", "cmd"),
        ('curl ^"x^"', "", "cmd"),
        ('curl -d "{""a"": 1}" x', "", "cmd"),
        ('curl.exe -d "{`"a`": 1}" x', "", "powershell"),
        ("curl x \\\n -d y", "$ ", "posix"),
        ("curl `cat x`", "", "posix"),
    ):
        assert tell_dialect(value, 0, prompt) == expected


# ---------------------------------------------------------------- quotes that never close


def test_an_apostrophe_between_letters_is_one() -> None:
    """A quote that would not close is read with apostrophes between letters as characters, and says
    so.
    """
    value = 'curl -d \'{"name": "O\'Brien"}\' x\n{"message": "can\'t"}'
    line, notes = read_line(Text(value), 0, len(value), "posix")

    assert [word.value for word in line.commands[0].words] == [
        "curl",
        "-d",
        '{"name": "O\'Brien"}',
        "x",
    ]
    assert [note.kind for note in notes] == ["quoting"]


def test_a_quote_cut_off_takes_the_rest() -> None:
    """A body cut off in the middle reaches to the end of the text, and says so."""
    value = 'curl -d \'{\n  "a": {\n  "b": 1'
    line, notes = read_line(Text(value), 0, len(value), "posix")

    assert line.commands[0].words[2].value == '{\n  "a": {\n  "b": 1'
    assert [note.kind for note in notes] == ["truncated"]


def test_a_quote_never_closed_spares_the_output() -> None:
    """Where brackets balance at a line's end, what follows is output."""
    for value in (
        'curl -d \'{"a": 1} x\n{"error": "no"}\n',
        'curl -d \'\n{"a": [\n1]}\n{"error": "no"}\n',
    ):
        line, notes = read_line(Text(value), 0, len(value), "posix")

        assert value[line.end :] == '\n{"error": "no"}\n'
        assert [note.kind for note in notes] == ["truncated"]


def test_output_is_found() -> None:
    """Status lines, curl's own lines and prompts are surely no part of a command before them."""
    value = "a\nHTTP/1.1 400 Bad\n* Connected to x\n> GET / HTTP/1.1\n> -H x\n$ ls\ncurl: (6) x\n"

    assert [value[at : at + 4] for at in find_output(value)] == [
        "HTTP",
        "* Co",
        "> GE",
        "$ ls",
        "curl",
    ]


def test_hostile_lines_take_linear_time() -> None:
    """Of long runs of anything special, twice as many take about twice as many steps."""
    for dialect in ("posix", "cmd", "powershell"):
        for piece in (
            "'",
            '"',
            "$(",
            "`",
            "\\",
            "^",
            "<<E ",
            "x'\n",
            "${",
            "\\'",
            '\\"',
            "|\n",
            "^\n",
            "@'\n",
        ):
            few, many = (
                steps_of(_read, "curl " + piece * count, dialect) for count in (2_000, 4_000)
            )

            assert many <= 3 * few + 1_000


# ---------------------------------------------------------------- texts put together


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=5))
def test_pieces_keep_their_places(cuts: list[tuple[int, int, bool]]) -> None:
    """Pieces of one ancestor, in however many steps they were cut out of it, keep the places of
    their characters.
    """
    ancestor = cut(Text("--0123456789--"), 2, 12)
    pieces: list[Text | str] = []
    for first, last, deep in cuts:
        piece = cut(ancestor, min(first, last), max(first, last))
        pieces += [cut(piece, 0, len(piece.value)) if deep else piece, "&"]
    joined = concatenate(ancestor, pieces)

    for at, char in enumerate(joined.value):
        root, start, end = to_root(joined, at, at + 1)
        assert root.value[start:end] == ("" if char == "&" else char)


# ---------------------------------------------------------------- any text


@given(st.text(max_size=60), st.sampled_from(("posix", "cmd", "powershell")))
@settings(max_examples=300)
def test_any_text_can_be_read(value: str, dialect: str) -> None:
    """No text makes a reader fail, and no word leads outside it."""
    line = _read(value, dialect)

    assert 0 <= line.end <= len(value)
    for command in line.commands:
        for word in command.words:
            _, start, end = to_root(word, 0, len(word.value))
            assert 0 <= start <= end <= len(value)
