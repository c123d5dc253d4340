"""Documents are found in files, folders and standard input; what cannot be read is told and passed over."""

import gzip
import io
import os
from pathlib import Path

import pytest

from archive.importing import documents as module
from archive.importing.documents import documents, others, size_on_disk


def found(*paths, standard_input=b""):
    return list(documents([str(path) for path in paths], io.BytesIO(standard_input)))


def test_a_folder_gives_its_reports_in_order_and_passes_over_the_rest(tmp_path):
    (tmp_path / "b.txt").write_text("Second")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "first.txt").write_text("First")
    (tmp_path / "notes.md").write_text("not a report")
    (tmp_path / ".hidden.txt").write_text("hidden")

    assert [(one.short_name, one.data) for one in found(tmp_path)] == [("b.txt", b"Second"), ("first.txt", b"First")]
    assert [Path(name).name for name in others([str(tmp_path)])] == ["notes.md"]
    assert size_on_disk([str(tmp_path)]) == len("SecondFirst")


def test_each_line_of_json_lines_is_a_document_named_by_its_number(tmp_path):
    path = tmp_path / "wire.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"body": "one"}\r\n\n{"body": "two"}')

    assert [(one.short_name, one.data, one.media_type) for one in found(path)] == [
        ("wire.jsonl, line 1", b'{"body": "one"}', "application/json"),
        ("wire.jsonl, line 3", b'{"body": "two"}', "application/json"),
    ]


def test_the_bytes_consumed_add_up_to_the_file(tmp_path):
    plain, packed = tmp_path / "wire.jsonl", tmp_path / "wire.jsonl.gz"
    lines = b"".join(b'{"body": "%d"}\n' % number for number in range(2000))
    plain.write_bytes(lines)
    packed.write_bytes(gzip.compress(lines))

    assert sum(one.consumed for one in found(plain)) == len(lines)
    assert sum(one.consumed for one in found(packed)) == packed.stat().st_size


def test_a_broken_gzip_file_gives_what_it_has_and_then_says_where_it_breaks(tmp_path):
    path = tmp_path / "wire.jsonl.gz"
    whole = gzip.compress(b"".join(b'{"body": "%d"}\n' % number for number in range(20_000)))
    path.write_bytes(whole[: len(whole) // 2])

    *read, last = found(path)

    assert len(read) > 100
    assert not any(one.problem for one in read)
    assert last.problem.startswith("the compressed file is broken from here on")


def test_a_file_that_is_no_gzip_file_says_so(tmp_path):
    path = tmp_path / "wire.jsonl.gz"
    path.write_bytes(b"plain words\n")
    assert [one.problem[:44] for one in found(path)] == ["the compressed file is broken from here on ("]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing.txt", "there is no such file or folder"),
        ("report.docx", "is not a report by its name: expected a name that ends in .txt, .jsonl or .jsonl.gz"),
    ],
)
def test_a_path_that_is_no_report_is_explained(tmp_path, name, problem):
    (tmp_path / "report.docx").write_bytes(b"PK")
    assert [one.problem for one in found(tmp_path / name)] == [problem]


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("A report")
    scan = os.scandir

    def refused(path):
        # Root may look into every folder: the refusal of the operating system is given by hand.
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert [(one.short_name, one.problem) for one in found(tmp_path)] == [
        ("open.txt", ""),
        ("closed", "cannot be read: Permission denied"),
    ]


def test_a_name_that_no_file_can_have_and_one_that_is_not_utf_8(tmp_path):
    odd = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(odd)).write_text("A report")
    [report] = found(tmp_path)
    assert (report.short_name, report.data) == ("\\xff.txt", b"A report")
    assert found("x" * 5000 + ".txt")[0].problem == "cannot be read: File name too long"


def test_what_is_too_large_is_told_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1024 * 1024)
    (tmp_path / "large.txt").write_bytes(b"a" * (1024 * 1024 + 1))
    (tmp_path / "wire.jsonl").write_bytes(b'{"body": "%s"}\n{"body": "short"}\n' % (b"a" * 3 * 1024 * 1024))

    large, long_line, short_line = found(tmp_path)

    assert large.problem == "is larger than 1 MB: split it into its reports"
    assert long_line.problem == "is larger than 1 MB"
    assert short_line.data == b'{"body": "short"}'


def test_standard_input_is_json_lines_or_one_plain_text():
    lines, plain = b'{"body": "one"}\n{"body": "two"}\n', b"A title\n\nA report."

    assert [one.name for one in found("-", standard_input=lines)] == [
        "standard input, line 1",
        "standard input, line 2",
    ]
    assert [(one.name, one.data) for one in found("-", standard_input=plain)] == [("standard input", plain)]
