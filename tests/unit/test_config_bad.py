"""Every kind of bad configuration is refused with file, line, key and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from configured_company import FILES, write_configured_company

from capstream.company import check_company, load_company
from capstream.errors import InputError

YAML = "capstream.yaml"
STREAMS = "value_streams.yaml"
FLOW = "workflow.yaml"
BOOK = "policies/book.yaml"
TABLE = Path(__file__).parents[1] / "fixtures" / "bad_configuration.psv"


@dataclass(frozen=True)
class Case:
    """One spoilt place: what replaces what in a file, and what is said about it."""

    file: str
    good: str
    bad: str
    place: str
    message: str
    remedy: str


def bad_configurations() -> dict[str, Case]:
    cases = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        name, *parts = line.split(" | ")
        texts = [part.replace("\\n", "\n").replace("\\t", "\t") for part in parts]
        cases[name] = Case(*texts)
    return cases


CASES = bad_configurations()


@pytest.mark.parametrize("name", CASES)
def test_bad_configuration_is_refused_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    text = FILES[case.file]
    assert case.good in text, "the case spoils nothing"
    write_configured_company(tmp_path)
    (tmp_path / case.file).write_text(text.replace(case.good, case.bad, 1), encoding="utf-8")

    problems = [str(problem) for problem in check_company(tmp_path)]

    told = [line for line in problems if line.startswith(case.place)]
    assert told, problems
    assert any(case.message in line and case.remedy in line for line in told), told


def test_the_sound_company_has_no_problem(tmp_path: Path) -> None:
    assert check_company(write_configured_company(tmp_path)) == []


@pytest.mark.parametrize("name", ["literal_token", "token_in_env", "url_with_password"])
def test_no_message_repeats_a_secret(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    write_configured_company(tmp_path)
    text = FILES[case.file].replace(case.good, case.bad, 1)
    (tmp_path / case.file).write_text(text, encoding="utf-8")
    secret = case.bad.rsplit(": ", 1)[1]

    assert not any(secret in str(problem) for problem in check_company(tmp_path))


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    write_configured_company(tmp_path)
    for case in (CASES["unknown_key"], CASES["two_matches"], CASES["step_kind"], CASES["gate"]):
        path = tmp_path / case.file
        path.write_text(path.read_text().replace(case.good, case.bad, 1), encoding="utf-8")

    with pytest.raises(InputError) as refusal:
        load_company(tmp_path)

    files = {problem.file for problem in refusal.value.problems}
    assert {YAML, STREAMS, FLOW, BOOK} <= files


@pytest.mark.parametrize("missing", [YAML, STREAMS, FLOW])
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    write_configured_company(tmp_path)
    (tmp_path / missing).unlink()

    problems = [str(problem) for problem in check_company(tmp_path)]

    assert f"{missing}: is not there: write it, or run capstream init" in problems


def test_a_link_may_not_leave_the_folder(tmp_path: Path) -> None:
    root = write_configured_company(tmp_path / "company")
    (tmp_path / "elsewhere").mkdir()
    (root / "sources" / "tables" / ".keep").unlink()
    (root / "sources" / "tables").rmdir()
    (root / "sources" / "tables").symlink_to(tmp_path / "elsewhere")

    problems = [str(problem) for problem in check_company(root)]

    (told,) = problems
    assert told.startswith("capstream.yaml:19:sources[3].path: path 'sources/tables' leaves")
    assert told.endswith("or write allow_outside: true beside the path")


def test_outside_is_allowed_where_it_is_written(tmp_path: Path) -> None:
    root = write_configured_company(tmp_path / "company")
    (tmp_path / "tables").mkdir()
    text = FILES[YAML].replace("path: sources/tables", "path: ../tables, allow_outside: true")
    (root / YAML).write_text(text, encoding="utf-8")

    assert check_company(root) == []


def test_aliases_may_not_make_a_small_file_large(tmp_path: Path) -> None:
    write_configured_company(tmp_path)
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    (tmp_path / YAML).write_text(bomb, encoding="utf-8")

    problems = [str(problem) for problem in check_company(tmp_path)]

    assert any("holds more than 200,000 values: shorten the file" in line for line in problems)
