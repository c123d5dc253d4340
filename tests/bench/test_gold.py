"""What `make bench GOLD=…` prints of gold."""

import json

import pytest

from tests.bench import gold

TEXT = "“We have no pilot left”, Ilse Brandvold said. It rained."
QUOTE = {"start": 0, "end": 23, "kind": "direct", "speaker_full": "Ilse Brandvold", "speaker_is_person": True}
REPORT = {"id": 1, "text": TEXT, "people": [{"full": "Ilse Brandvold"}], "quotes": [QUOTE], "reported": []}


@pytest.fixture
def folder(tmp_path):
    for name in ("one.jsonl", "two.jsonl"):
        (tmp_path / name).write_text(json.dumps(REPORT) + "\n")
    return tmp_path


def test_each_file_each_kind_and_the_calibration(folder, capsys):
    gold.measure_gold(str(folder))
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("gold ")] == [
        "gold one.jsonl, 1 reports",
        "gold two.jsonl, 1 reports",
        "gold all files",
    ]
    right = " ".join(["100.0"] * 9).split()
    assert [line.split()[2:] for line in lines if line.strip().startswith("direct")][-1][0:1] == ["2"]
    assert [line.split()[1:] for line in lines if line.strip().startswith("direct")][0] == ["1", "1", *right]
    bands = lines[lines.index(next(line for line in lines if line.startswith("confidence"))) + 1 :]
    assert sum(int(line[20:28]) for line in bands) == 2
    assert len(bands) == 5


def test_one_file(folder, capsys):
    gold.measure_gold(str(folder / "one.jsonl"))
    assert "gold one.jsonl" in capsys.readouterr().out


def test_without_any_gold_of_our_own_nothing_is_measured(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(gold, "OWN", tmp_path / "none")
    gold.measure_gold()
    assert capsys.readouterr().out == ""


def test_gold_that_is_none_is_told_in_one_line(tmp_path):
    with pytest.raises(SystemExit, match="there is no .jsonl file"):
        gold.measure_gold(str(tmp_path))
    for line in ("no", "[]", '{"text": ""}'):
        (tmp_path / "bad.jsonl").write_text(json.dumps(REPORT) + "\n" + line)
        with pytest.raises(SystemExit, match="bad.jsonl, line 2: "):
            gold.measure_gold(str(tmp_path))
