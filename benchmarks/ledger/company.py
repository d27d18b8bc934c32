"""A large company as SQL over numbers: the same sizes give the same rows.

Every item is assigned, begun, reviewed, reopened and mostly done within four days; each pull
request has two commits and a review; three of four texts name their item.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_YEAR, MONTHS = 2023, 36
FIRST_EVIDENCE = "2022-11-01"


@dataclass(frozen=True)
class Size:
    """How large the company is; the rest follows from the persons.

    Attributes:
        people: Number of persons, eight to a team.
        months: Months of the books.
    """

    people: int
    months: int = MONTHS

    @property
    def counts(self) -> dict[str, int]:
        """Numbers that the statements below read."""
        person_months = self.people * self.months
        return {
            "people": self.people,
            "teams": self.people // 8,
            "items": person_months * 300_000 // 72_000,
            "pulls": person_months * 1_000_000 // 72_000,
            "epics": self.people * 3 // 2,
            "seconds": (self.months + 2) * 30 * 86_400,
        }


# A person, a team and a start follow from an item's number, wherever it is named.
_OF_ITEM = """
    (n * 7919) % {people} as person, ((n * 7919) % {people}) // 8 as team,
        timestamp '2022-11-01' + to_seconds(n * {seconds} // {items}) as begun_at
"""
_ITEM = f"select n, {_OF_ITEM} from range({{items}}) as t(n)"
_PULL = f"""
    select *, begun_at + to_hours(20 + 9 * (m % 8)) as opened_at,
        case when m % 4 < 3 then 'T' || team || '-' || n || ' ' else '' end || 'change' as words
    from (
        select m, n, {_OF_ITEM}
        from (select m, m * {{items}} // {{pulls}} as n from range({{pulls}}) as t(m))
    )
"""

COMPANY = {
    "people": """
        select 'p' || n as person_id, 'team' || n // 8 as team,
            case n % 8 when 0 then 'manager' when 1 then 'qa' else 'engineer' end as role_class,
            'employee' as worker_type, 'US01' as entity, 'RND' as cost_center,
            'US' as work_country, 'US' as calendar,
            case n % 3 when 0 then 'UTC' when 1 then 'America/New_York' else 'Europe/Berlin' end
                as timezone,
            case when n % 10 = 0 then 0.8 else 1 end as fte, date '2020-01-01' as start_date
        from range({people}) as t(n)
    """,
    "identities": """
        select source, 'p' || n as account, 'p' || n as person_id
        from range({people}) as t(n), (values ('tracker'), ('forge'), ('code')) as s(source)
    """,
    "time_off": """
        select 'p' || n as person_id, 1 as share, 'paid' as kind,
            cast(month_start as date) + cast((n * 5) % 20 as integer) as start_date,
            cast(month_start as date) + cast((n * 5) % 20 + 4 as integer) as end_date
        from range({people}) as t(n), (
            select first_date as month_start from company.months where month_index % 3 = 1)
    """,
    "payroll": """
        select month_key as month, 'p' || n as person_id, pay_component,
            cast(6000 + n % 900 + amount as decimal(18, 2)) as amount, 'USD' as currency
        from range({people}) as t(n), company.months,
            (values ('salary', 0.37), ('payroll_tax', -5200.11), ('benefits', -5500.5))
                as c(pay_component, amount)
    """,
    "stream_rules": """
        select n as rule_order, 3 as level, 'epic' as match_kind, 'EPIC-' || n as match_value,
            's' || n % 20 as value_stream_id, 'c' || n % 200 as component_id
        from range({epics} // 3) as t(n)
        union all
        select {epics} + n, 5, 'project', 'T' || n, 's' || n % 20, null from range({teams}) as t(n)
    """,
}  # fmt: skip

NEUTRAL = {
    "work_items": """
        select 'tracker' as source, 'T' || team || '-' || n as work_item_key,
            case n % 5 when 0 then 'Bug' else 'Story' end as item_type, 'Work ' || n as title,
            case when n % 7 = 0 then 'In Progress' else 'Done' end as status,
            'T' || team as project_key, 'EPIC-' || (team * 12 + n % 12) % {epics} as epic_key,
            '["l' || n % 50 || '"]' as labels, '[]' as components, '[]' as fix_versions,
            'p' || person as assignee, begun_at - to_hours(n % 400) as created_at,
            '{{}}' as fields, false as is_deleted, true as has_history
        from (""" + _ITEM + """)
        union all
        select 'tracker', 'EPIC-' || n, 'Epic', 'Epic ' || n, 'In Progress', 'EPIC', null, '[]',
            '[]', '[]', null, timestamp '2022-06-01', '{{}}', false, true
        from range({epics}) as t(n)
    """,
    "work_item_changes": """
        select 'tracker' as source, 'T' || team || '-' || n as work_item_key,
            n * 10 + k as change_id, begun_at + to_minutes(after) as changed_at,
            'p' || person as author,
            case when k = 9 and n % 7 = 0 then 'other' else field end as field,
            case field when 'labels' then '[]' else old end as from_value,
            case field when 'assignee' then 'p' || person
                when 'labels' then '["l' || n % 50 || '"]'
                when 'epic_key' then 'EPIC-' || (team * 12 + n % 12) % {epics}
                else new end as to_value
        from (""" + _ITEM + """), (values
            (0, 0, 'assignee', null, null), (1, 60, 'status', 'To Do', 'In Progress'),
            (2, 120, 'labels', null, null), (3, 180, 'epic_key', null, null),
            (4, 2880, 'status', 'In Progress', 'In Review'), (5, 3000, 'other', 'a', 'b'),
            (6, 3600, 'status', 'In Review', 'In Progress'), (7, 4000, 'other', 'b', 'c'),
            (8, 4400, 'other', 'c', 'd'), (9, 5760, 'status', 'In Progress', 'Done')
        ) as c(k, after, field, old, new)
    """,
    "comments": """
        select 'tracker' as source, n as comment_id, 'T' || team || '-' || n as work_item_key,
            'p' || (person + 1) % {people} as author, begun_at + to_hours(30) as created_at
        from (""" + _ITEM + """)
    """,
    "pull_requests": """
        select 'forge' as source, 'org/r' || team as repository, m as number, words as title,
            'p' || person as author, 'merged' as state, false as is_draft,
            opened_at as created_at, opened_at + to_hours(20) as merged_at,
            'p' || (person + 3) % {people} as merged_by, 'h' || m || '-1' as head_sha,
            '[]' as labels, '[]' as work_item_keys
        from (""" + _PULL + """)
    """,
    "reviews": """
        select 'forge' as source, 'org/r' || team as repository, m as number, m as review_id,
            'p' || (person + 2) % {people} as reviewer, 'approved' as state,
            opened_at + to_hours(9) as submitted_at
        from (""" + _PULL + """)
    """,
    "pull_request_commits": """
        select 'forge' as source, 'org/r' || team as repository, m as number,
            'h' || m || '-' || k as sha
        from (""" + _PULL + """), (values (0), (1)) as u(k)
    """,
    "commits": """
        select 'code' as source, 'org/r' || team as repository, 'h' || m || '-' || k as sha,
            'p' || person as author, opened_at - to_minutes(30 + 200 * k) as authored_at,
            opened_at as committed_at, words as message, '["h"]' as parents
        from (""" + _PULL + """), (values (0), (1)) as u(k)
    """,
}  # fmt: skip
