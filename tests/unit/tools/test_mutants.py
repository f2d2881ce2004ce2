"""Mutants: what is changed in Python and SQL, by which names, and that a sample is the same again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tools.mutants import python_operators, sql_operators, subjects
from tools.mutants.mutant import Edit, Mutant, named
from tools.mutants.sampling import EQUIVALENT, KNOWN, listed, sample
from tools.mutants.subjects import PROJECT, SUBJECTS, all_mutants
from tools.mutants.trial import WARM_UP

pytestmark = pytest.mark.fault("H5")


def of_python(source: str) -> list[str]:
    return sorted(_line(source, edit) for edit in python_operators.edits(source.encode()))


def of_sql(text: str) -> list[str]:
    return sorted(_line(text, edit) for edit in sql_operators.edits(text))


def _line(text: str, edit: Edit) -> str:
    """Write the text as the mutant has it, spaces apart."""
    return " ".join((text[: edit.start] + edit.replacement + text[edit.end :]).split())


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("x = a == b", ["x = a != b"]),
        ("x = a < b", ["x = a <= b"]),
        ("x = a is not None", ["x = a is None"]),
        ("x = not a", ["x = a"]),
        ("x = a and b", ["x = a or b"]),
        ("x = True", ["x = False"]),
        ("x = 7", ["x = 8"]),
        ('x = "30s"', ['x = "31s"']),
        ("x = a + b", ["x = a - b"]),
        ("if a:\n    raise B", ["if a: pass", "if not (a): raise B"]),
        ("if a in b:\n    return", ["if a in b: pass", "if a not in b: return"]),
        ("f(a, b)", ["f(b, a)", "pass"]),
        ("x = q.filter(a=b, c=d)", ["x = q", "x = q.filter(a=b)", "x = q.filter(c=d)"]),
        ("x = q.select_for_update()", ["x = q"]),
        ("x = [a, b]", ["x = [a]", "x = [b]"]),
        ('x = {"a": b, "c": d}', ['x = {"a": b}', 'x = {"c": d}']),
        ("@decorated\ndef f(): return a", ["def f(): return a"]),
        ("a.b = c", ["pass"]),
        ("with transaction.atomic():\n    x = a", ['with __import__("contextlib").nullcontext(): x = a']),
        ("x = (a for a in b if c)", ["x = (a for a in b if True)"]),
        ("def f():\n    'What it is.'\n    logger.info(a, b)", []),
        ("x = zip(a, strict=True)", []),
        ('x = "SELECT a FROM b WHERE c AND d"', [
            'x = "SELECT a FROM b WHERE c AND true"', 'x = "SELECT a FROM b WHERE true AND d"']),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_kind_of_fault_is_put_into_python(source: str, mutants: list[str]) -> None:
    assert of_python(source) == mutants


@pytest.mark.parametrize(
    ("text", "mutants"),
    [
        ("WHERE a = b", ["WHERE a <> b", "WHERE true"]),
        ("WHERE f(a, b) OR c", ["WHERE f(a, b) OR false", "WHERE true OR c"]),
        ("WHERE a IS NULL", ["WHERE a IS NOT NULL", "WHERE true"]),
        ("IF a > 1 THEN", ["IF a > 2 THEN", "IF a >= 1 THEN", "IF false THEN"]),
        ("IF a THEN\n RAISE b;\nEND IF;", ["IF a THEN NULL; END IF;", "IF false THEN RAISE b; END IF;"]),
        ("SET used = used + units", ["SET used = used - units"]),
        ("REVOKE ALL ON a FROM PUBLIC;", ["NULL;"]),
        ("SELECT a FOR UPDATE", ["SELECT a"]),
        ("STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS", [
            "STABLE SECURITY DEFINER AS", "STABLE SET search_path = pg_catalog, pg_temp AS"]),
        ("CREATE OR REPLACE FUNCTION", []),
        ("-- WHERE a = b", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_kind_of_fault_is_put_into_sql(text: str, mutants: list[str]) -> None:
    assert of_sql(text) == mutants


def mutants_of(source: str) -> list[Mutant]:
    return named("members", "a.py", source.encode(), python_operators.edits(source.encode()))


def test_a_mutant_keeps_its_name_while_what_it_changes_stays() -> None:
    function = "def f():\n    return a == b or a == b\n"
    before = {mutant.name: mutant.edit.replacement for mutant in mutants_of(function)}
    after = {mutant.name: mutant.edit.replacement for mutant in mutants_of(f"import this\n\nSEVEN = 7\n\n\n{function}")}
    assert (len(before), before.items() <= after.items()) == (3, True)


def test_a_mutant_is_the_file_with_one_thing_changed() -> None:
    source = 'é = "ü"\nx = 1\n'
    assert [mutant.applied(source.encode()).decode() for mutant in mutants_of(source)] == ['é = "ü"\nx = 2\n']


def test_every_test_that_is_named_is_there(mutants: list[Mutant]) -> None:
    one_of_each_file = {mutant.path: mutant for mutant in mutants}.values()
    names = {WARM_UP, *(name for mutant in one_of_each_file for name in subjects.tests_of(mutant))}
    assert {name for name in names if not (PROJECT / name.partition("::")[0]).exists()} == set()


@pytest.fixture(scope="module")
def mutants() -> list[Mutant]:
    return list(all_mutants())


def test_a_sample_is_the_same_for_a_seed_and_spread_over_all_subjects(mutants: list[Mutant]) -> None:
    first, again, other = (sample(mutants, size=16, seed=seed) for seed in (1, 1, 2))
    assert (first == again, first == other) == (True, False)
    assert Counter(mutant.subject for mutant in first) == dict.fromkeys(SUBJECTS, 2)


@pytest.mark.parametrize("file", [EQUIVALENT, KNOWN], ids=["equivalent", "known"])
def test_each_mutant_that_is_listed_is_one_that_there_is_with_some_words(mutants: list[Mutant], file: Path) -> None:
    names = {mutant.name for mutant in mutants}
    assert {name for name, words in listed(file).items() if name not in names or len(words) < 20} == set()


def test_of_each_subject_one_is_tried_in_the_pipeline(mutants: list[Mutant]) -> None:
    assert Counter(mutant.subject for mutant in mutants if mutant.name in listed(KNOWN)) == dict.fromkeys(SUBJECTS, 1)
