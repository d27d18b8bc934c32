-- What must hold of the ledger of minutes, one row per check and open month: closed ones keep what was found then.
with months as (
    select month_key
    from {{ source('company', 'months') }}
    where {{ is_open_month('month_key') }}
),

ledger_days as (
    select
        person_id,
        work_date,
        sum(case when evidence_tier = 'L' then 0 else minutes end) as work_minutes,
        sum(case when evidence_tier = 'L' then minutes else 0 end) as leave_minutes
    from {{ ref('fct_effort_days') }}
    where {{ is_open_month('month_key') }}
    group by person_id, work_date
),

compared_days as (
    select
        days.month_key,
        days.person_id,
        days.capacity_minutes,
        days.leave_minutes,
        coalesce(ledger_days.work_minutes, 0) as ledger_minutes,
        coalesce(ledger_days.leave_minutes, 0) as ledger_leave_minutes,
        case
            when
                days.capacity_minutes <> coalesce(ledger_days.work_minutes, 0)
                or days.leave_minutes <> coalesce(ledger_days.leave_minutes, 0)
                then 1
            else 0
        end as is_different
    from {{ ref('int_people__days') }} as days
    left join ledger_days
        on days.person_id = ledger_days.person_id and days.work_date = ledger_days.work_date
    where days.is_computed and {{ is_open_month('days.month_key') }}
),

day_totals as (
    select
        month_key,
        sum(capacity_minutes) as capacity_minutes,
        sum(leave_minutes) as leave_minutes,
        sum(ledger_minutes) as ledger_minutes,
        sum(ledger_leave_minutes) as ledger_leave_minutes,
        sum(is_different) as different_count,
        min(case when is_different = 1 then person_id end) as first_person_id
    from compared_days
    group by month_key
),

unmatched as (
    select
        month_key,
        account,
        evidence_ratio,
        row_number() over (partition by month_key order by evidence_count desc, source asc, account asc) as account_rank
    from {{ ref('int_accounts__unmatched') }}
    where actor_kind = 'human'
),

unmatched_months as (
    select
        month_key,
        sum(evidence_ratio) as evidence_ratio,
        {{ dbt.listagg('case when account_rank <= 20 then account end', "', '", 'order by account_rank') }} as accounts
    from unmatched
    group by month_key
),

last_days as (
    select
        person_id,
        max(coalesce(end_date, cast('9999-12-30' as date))) as last_date
    from {{ source('company', 'people') }}
    group by person_id
),

late_events as (
    select
        {{ month_key('recorded.event_at') }} as month_key,
        accounts.person_id,
        count(*) as event_count
    from {{ ref('int_evidence__recorded') }} as recorded
    inner join {{ ref('int_accounts__resolved') }} as accounts
        on
            recorded.source = accounts.source
            and {{ account_key('recorded.account') }} = accounts.account_key
            and cast(recorded.event_at as date) between accounts.valid_from and accounts.valid_to
    inner join last_days
        on accounts.person_id = last_days.person_id
    where cast(recorded.event_at as date) > {{ plus_days('last_days.last_date', 1) }}
    group by {{ month_key('recorded.event_at') }}, accounts.person_id
),

late_months as (
    select
        month_key,
        sum(event_count) as event_count,
        {{ dbt.listagg('person_id', "', '", 'order by person_id') }} as persons
    from late_events
    group by month_key
),

long_days as (
    select
        month_key,
        count(*) as day_count,
        min(person_id) as first_person_id
    from {{ ref('int_effort__days') }}
    where worklog_minutes > capacity_minutes
    group by month_key
),

unmapped as (
    select
        month_key,
        sum(minutes) as minutes,
        min(work_item_key) as first_item_key
    from {{ ref('fct_effort_days') }}
    where value_stream_id = 'NONE' and evidence_tier not in ('L', 'T6') and {{ is_open_month('month_key') }}
    group by month_key
),

checks as (
    select
        'ATT-MINUTES' as check_id,
        month_key,
        'work minutes of the ledger = capacity' as description,
        ledger_minutes as left_value,
        capacity_minutes as right_value,
        'BLOCK' as severity,
        'sum over all persons and days' as detail
    from day_totals
    union all
    select
        'ATT-LEAVE',
        month_key,
        'leave minutes of the ledger = paid leave, holidays and closures',
        ledger_leave_minutes,
        leave_minutes,
        'BLOCK',
        'sum over all persons and days'
    from day_totals
    union all
    select
        'ATT-DAYS',
        month_key,
        'person-days whose minutes differ from their capacity or leave',
        different_count,
        0,
        'BLOCK',
        coalesce('first person: ' || first_person_id, 'every person-day agrees')
    from day_totals
    union all
    select
        'ATT-UNMATCHED',
        months.month_key,
        'percent of evidence by accounts of nobody, above the share that the configuration allows',
        round(100 * cast(
            greatest(coalesce(unmatched_months.evidence_ratio, 0) - settings.max_unmatched_share, 0) as decimal(18, 8)
        ), 2),
        0,
        'BLOCK',
        coalesce('add to identities: ' || unmatched_months.accounts, 'every account maps to a person')
    from months
    cross join {{ source('company', 'settings') }} as settings
    left join unmatched_months
        on months.month_key = unmatched_months.month_key
    union all
    select
        'ATT-AFTER-LEAVING',
        months.month_key,
        'acts of persons after their last day',
        coalesce(late_months.event_count, 0),
        0,
        'WARN',
        coalesce('close the accounts or correct end_date of ' || late_months.persons, 'none')
    from months
    left join late_months
        on months.month_key = late_months.month_key
    union all
    select
        'ATT-LONG-DAYS',
        months.month_key,
        'person-days with more hours logged than capacity, scaled down to it',
        coalesce(long_days.day_count, 0),
        0,
        'WARN',
        coalesce('first person: ' || long_days.first_person_id, 'none')
    from months
    left join long_days
        on months.month_key = long_days.month_key
    union all
    select
        'ATT-UNMAPPED',
        months.month_key,
        'minutes on items without a value stream',
        coalesce(unmapped.minutes, 0),
        0,
        'WARN',
        coalesce(
            'add a rule in value_streams.yaml (sheet Exceptions), first item: ' || unmapped.first_item_key, 'none'
        )
    from months
    left join unmapped
        on months.month_key = unmapped.month_key
),

final as (
    select
        check_id,
        month_key,
        'attribution' as area,
        description,
        cast(left_value as decimal(38, 2)) as left_value,
        cast(right_value as decimal(38, 2)) as right_value,
        cast(0 as decimal(18, 2)) as tolerance,
        severity,
        detail
    from checks
)

select * from final
