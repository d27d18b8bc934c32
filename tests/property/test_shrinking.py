"""A failing company is made small, and stays a failing one."""

from __future__ import annotations

from tests.property.companies import company
from tests.property.shrinking import readable, smallest


def test_only_the_rows_that_make_it_fail_are_left():
    given = company(1).given()
    person = given["company.people"][-1]

    def fails(rows) -> bool:
        return person in rows["company.people"] and len(rows["inp_commits"]) >= 2

    small = smallest(given, fails)
    assert small["company.people"] == [person]
    assert len(small["inp_commits"]) == 2
    assert not small["inp_work_items"]
    assert person["person_id"] in readable(small)


def test_a_company_that_cannot_be_run_does_not_count_as_failing():
    def fails(rows) -> bool:
        if not rows["company.people"]:
            raise LookupError("nobody")
        return True

    small = smallest(company(1).given(), fails)
    assert len(small["company.people"]) == 1


def test_a_seed_is_always_the_same_company():
    assert company(7).given() == company(7).given()
