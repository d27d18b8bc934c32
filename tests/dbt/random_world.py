"""Random small companies: every kind of record, mess included, from one seed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from tests.dbt.ledger_world import World

ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")
STATUSES = ("To Do", "In Progress", "In Review", "Done", "Hacking")
FIRST, DAYS = date(2026, 1, 20), 80
MONTHS = ("2026-02", "2026-03")


def random_world(seed: int) -> World:
    """Return a company of a handful of persons and items over two months of books."""
    dice = random.Random(seed)  # noqa: S311 - a test's company
    world = World(months=MONTHS, settings=_settings(dice))
    world.entity("DE01", "EUR")
    world.entity("JP01", "JPY")
    _rates(world)
    persons = _people(world, dice)
    keys = _items(world, dice, persons)
    _rules(world, dice, keys)
    _records(world, dice, persons, keys)
    _pay(world, dice, persons)
    return world


def _settings(dice: random.Random) -> dict[str, object]:
    return {
        "hours_denominator": dice.choice(("productive", "paid")),
        "unlinked_code": dice.choice(("lend", "lend", "repository_item")),
        "timezone": dice.choice(ZONES),
        "hours_per_day": dice.choice(("8", "7.5", "7.7")),
        "nearest_days": dice.choice((1, 3, 3, 4)),
        "stale_end_days": dice.choice((4, 15)),
    }


def _rates(world: World) -> None:
    rates = {"USD": "1", "EUR": "1.0825", "JPY": "0.0066"}
    for month in MONTHS:
        for source, value in rates.items():
            for target, other in rates.items():
                if source != target:
                    world.add(
                        "company.fx_rates",
                        month=month,
                        from_currency=source,
                        to_currency=target,
                        rate_kind="average",
                        rate=f"{float(value) / float(other):.8f}",
                    )


def _people(world: World, dice: random.Random) -> list[str]:
    persons = [f"p{number}" for number in range(dice.randint(2, 5))]
    for person in persons:
        team = dice.choice(("Pay", "Ops"))
        role_class = dice.choice(("engineer", "engineer", "manager", "qa"))
        more = {"timezone": dice.choice(ZONES), "team": team, "role_class": role_class}
        more |= {"entity": dice.choice(("US01", "DE01", "JP01")), "fte": dice.choice((1, "0.37"))}
        if dice.random() < 0.2:
            more |= {f"hours_{day}": dice.choice((0, 4, "7.25", 8)) for day in range(1, 8)}
        if dice.random() < 0.3:
            change = FIRST + timedelta(dice.randint(10, 60))
            world.person(person, end=str(change), **more)
            if dice.random() < 0.7:
                start = change + timedelta(dice.choice((1, 1, 5)))
                other = dice.choice(("US01", "DE01"))
                world.person(person, start=str(start), **(more | {"entity": other}))
        else:
            world.person(person, start=str(FIRST + timedelta(dice.randint(-30, 40))), **more)
        for _ in range(dice.randint(0, 2)):
            first = FIRST + timedelta(dice.randint(0, DAYS))
            last = first + timedelta(dice.choice((0, 0, 3, 20)))
            share = dice.choice((1, 1, "0.5", "0.3"))
            world.off(person, str(first), str(last), share, dice.choice(("paid", "unpaid")))
        if dice.random() < 0.3:
            approver = dice.choice((None, "Bo"))
            share = dice.choice(("0.1", "0.333", 1))
            world.declare("CORE", share, person_id=person, approved_by=approver)
    for _ in range(3):
        world.holiday(str(FIRST + timedelta(dice.randint(0, DAYS))))
    return persons


def _items(world: World, dice: random.Random, persons: list[str]) -> list[str]:
    keys = [f"{project}-{number}" for project in ("CHK", "OPS") for number in range(1, 5)]
    for number, key in enumerate(keys):
        parents = keys[:number]
        more = {
            "item_type": dice.choice(("Story", "Bug", "Epic")),
            "labels": sorted(dice.sample(("wallet", "infra"), dice.randint(0, 2))),
            "parent_key": dice.choice([None, *parents]),
            "epic_key": dice.choice([None, None, *parents]),
            "created_at": f"2026-01-{dice.randint(1, 28):02d} 08:00:00",
        }
        status, assignee = dice.choice(STATUSES), dice.choice([None, *persons])
        category = {"Hacking": "in_progress", "Done": "done"}.get(status)
        world.item(key, assignee, status, status_category=category, **more)
        _history(world, dice, key, persons)
    return keys


def _history(world: World, dice: random.Random, key: str, persons: list[str]) -> None:
    values = {
        "status": STATUSES,
        "assignee": (None, *persons),
        "item_type": ("Story", "Bug", "Epic"),
        "labels": ("[]", '["wallet"]', '["infra", "wallet"]'),
        "epic_key": (None, "CHK-1", "OPS-1"),
    }
    for field, choices in values.items():
        times = sorted(_moment(dice) for _ in range(dice.choice((0, 0, 1, 3))))
        old = dice.choice(choices)
        for at in times:
            new = dice.choice(choices)
            world.change(key, at, field, old, new, by=dice.choice(persons))
            old = new


def _rules(world: World, dice: random.Random, keys: list[str]) -> None:
    rules = [
        ("label", "wallet", "pay", "WALLET"),
        ("item", dice.choice(keys), "pay", "CORE"),
        ("epic", "CHK-1", "ops", "EPIC"),
        ("project", "CHK", "pay", None),
        ("repository", "org/app", "pay", None),
        ("team", "Ops", "ops", None),
    ]
    dice.shuffle(rules)
    for kind, value, stream, component in rules[: dice.randint(2, 6)]:
        valid = dice.choice(({}, {}, {"valid_from": "2026-03-05"}, {"valid_to": "2026-03-05"}))
        world.rule(kind, value, stream, component, **valid)


def _records(world: World, dice: random.Random, persons: list[str], keys: list[str]) -> None:
    for person in persons:
        for _ in range(dice.randint(0, 12)):
            named = dice.sample(keys, dice.choice((0, 1, 1, 2, 3)))
            repository = dice.choice(("org/app", "org/else"))
            parents = dice.choice((["a"], ["a"], ["a"], ["a", "b"]))
            at, text = _moment(dice), " ".join(named) or "tidy"
            world.commit(person, at, text, repository=repository, parents=parents)
            if dice.random() < 0.15:
                world.commit(person, at, text, repository="org/copy", parents=parents)
        for _ in range(dice.randint(0, 3)):
            world.comment(person, dice.choice(keys), _moment(dice))
        for _ in range(dice.choice((0, 0, 4))):
            world.worklog(person, dice.choice(keys), _moment(dice), dice.randint(30, 40000))
        for _ in range(dice.randint(0, 2)):
            number, more = world.number(), {}
            if dice.random() < 0.6:
                more = {"merged_at": _moment(dice), "merged_by": dice.choice(persons)}
            title = dice.choice([*keys, "tidy"])
            world.pull(person, number, _moment(dice), title, **more)
            world.review(dice.choice(persons), number, _moment(dice))
            for row in world.rows["inp_commits"][-dice.randint(0, 2) :]:
                world.add(
                    "inp_pull_request_commits",
                    source="forge",
                    repository="org/app",
                    number=number,
                    sha=row["sha"],
                )


def _pay(world: World, dice: random.Random, persons: list[str]) -> None:
    world.add(
        "company.rates",
        person_id=persons[0],
        effective_from="2026-01-01",
        monthly_amount="6543.21",
        currency="EUR",
    )
    for person in persons[1:]:
        for month in MONTHS:
            for component in ("salary", "bonus"):
                amount = f"{dice.choice((1, 1, -1)) * dice.randint(1, 2_000_000) / 100:.2f}"
                currency = dice.choice(("USD", "EUR"))
                world.pay(person, amount, component, month=month, currency=currency)


def _moment(dice: random.Random) -> str:
    at = datetime(FIRST.year, FIRST.month, FIRST.day)  # noqa: DTZ001 - stored times are naive UTC
    at += timedelta(days=dice.randint(0, DAYS), seconds=dice.randint(0, 86399))
    return at.isoformat(sep=" ")
