"""The sections of capstream.yaml: their keys, forms and defaults (contract, section 3)."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.company.paths import refuse_escape
from capstream.documents.fields import (
    Count,
    Currency,
    DateText,
    HoursOfDay,
    MonthText,
    NotNegative,
    Positive,
    Ratio,
    Text,
    Timezone,
    VariableName,
)
from capstream.documents.sections import (
    Many,
    Section,
    SettingError,
)
from capstream.policy.vocabulary import RoleClass

_DATABASE_FILE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)?")
"""The name without its ending is the database's name in every statement that dbt writes."""

JournalFormat = Literal[
    "netsuite",
    "quickbooks_online",
    "xero",
    "dynamics_365",
    "oracle_fusion",
    "business_central",
    "sap_s4hana",
    "workday",
    "sage_intacct",
]
AccountKey = Literal[
    "cip",
    "gross",
    "accumulated",
    "prepaid_cca",
    "cca_expense",
    "labour_contra",
    "stock_contra",
    "contractor_contra",
    "ai_contra",
    "interest_contra",
    "other_contra",
    "amortization_cost_of_revenue",
    "amortization_opex",
    "impairment",
    "disposal_clearing",
    "retained_earnings",
    "fx",
]


class CompanySettings(Section):
    """The company itself; `first_month` is where the books start."""

    name: Text
    reporting_currency: Currency
    timezone: Timezone
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] = 1
    hours_per_day: HoursOfDay = Decimal(8)
    first_month: MonthText


class Entity(Section):
    """A legal entity that keeps books in its functional currency."""

    entity: Text
    name: Text
    functional_currency: Currency
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]


class CalendarDifference(Section):
    """What differs from the library's holidays: days closed, and holidays that are worked."""

    calendar: Annotated[str, Field(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
    closures: Many[DateText] = ()
    worked: Many[DateText] = ()


class Warehouse(Section):
    """Where the tables live, and which engine runs the models; PostgreSQL's address is a secret."""

    target: Literal["duckdb", "postgres", "spark", "databricks", "snowflake"] = "duckdb"
    path: Text = "var/capstream.duckdb"
    allow_outside: bool = False
    connection_env: VariableName | None = None

    @model_validator(mode="after")
    def _target_has_its_keys(self) -> Self:
        refuse_escape(self.path, allow_outside=self.allow_outside)
        if not _DATABASE_FILE.fullmatch(Path(self.path).name):
            raise SettingError(
                "path",
                f"{Path(self.path).name!r} cannot be the name of a database: write letters, "
                "digits, _ and -, ending in .duckdb",
            )
        if self.target not in {"duckdb", "postgres", "spark"}:
            raise SettingError(
                "target",
                f"target {self.target} is not run by this version: write target: duckdb, postgres "
                "or spark (docs/engines.md says what a move takes)",
            )
        if self.target == "postgres" and self.connection_env is None:
            raise SettingError(
                "connection_env", "target postgres has no connection_env: add connection_env"
            )
        return self


class Presence(Section):
    """How much of a day each kind of signal stands for, 0 to 1 (attribution, section 2)."""

    code: Ratio = Decimal("1.0")
    tracker: Ratio = Decimal("0.5")
    review: Ratio = Decimal("0.15")
    merge: Ratio = Decimal("0.15")


class Stale(Section):
    """How the weight of an untouched item fades, in working days (tier T3)."""

    half_life_days: Positive = Decimal(5)
    end_days: Count = 15


class Attribution(Section):
    """Parameters of the evidence ladder."""

    hours_denominator: Literal["productive", "paid"] = "productive"
    unlinked_code: Literal["lend", "repository_item"] = "lend"
    declared_first: Many[RoleClass] = ("manager", "product", "designer")
    trusted_worklogs: Literal["people"] | Many[Text] = "people"
    presence: Presence = Presence()
    nearest_days: Count = 3
    stale: Stale = Stale()
    max_unmatched_share: Ratio = Decimal("0.05")


class PolicyAssignment(Section):
    """From which month on an entity (None = every entity) follows a policy."""

    policy: Text
    from_month: MonthText = Field(alias="from")
    entity: Text | None = None


class JournalTarget(Section):
    """A journal file format, the entities it serves and their accounts."""

    format: JournalFormat
    entities: Annotated[Many[Text], Field(min_length=1)]
    subsidiary: Text | None = None
    accounts: dict[AccountKey, Text] = Field(default_factory=dict)


class Reporting(Section):
    """How the workbooks show and protect what they hold; amounts in the reporting currency.

    What replacing a leaver costs is assumed as a range of shares of a year's pay.
    """

    tolerance: NotNegative = Decimal("0.00")
    materiality: NotNegative = Decimal("5000.00")
    person_names: Literal["pseudonym", "name"] = "pseudonym"
    password_env: VariableName | None = None
    pseudonym_key_env: VariableName | None = None
    replacement_cost_low: NotNegative = Decimal("0.5")
    replacement_cost_high: NotNegative = Decimal("2.0")

    @model_validator(mode="after")
    def _range_is_ordered(self) -> Self:
        if self.replacement_cost_high < self.replacement_cost_low:
            raise SettingError(
                "replacement_cost_high",
                f"{self.replacement_cost_high} is below replacement_cost_low "
                f"{self.replacement_cost_low}: write the range from low to high",
            )
        return self


class CloseRoles(Section):
    """Who may prepare and who may approve a close."""

    prepare: Annotated[Many[Text], Field(min_length=1)]
    approve: Annotated[Many[Text], Field(min_length=1)]


class Delivery(Section):
    """What counts as production, and how long after a deployment a failure is laid to it."""

    production: Annotated[Many[Text], Field(min_length=1)] = ("production", "prod")
    failure_window_hours: Positive = Decimal(24)
