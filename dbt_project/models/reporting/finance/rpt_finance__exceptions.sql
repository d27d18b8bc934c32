-- What a person should look at, one row a case, with the amount at stake in reporting currency.
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
),

unattributed as (
    select
        'UNATTRIBUTED-' || {{ person_key('costs.person_id', 'persons.display_name') }} as exception_id,
        'UNATTRIBUTED_TIME' as rule,
        'NONE' as component_id,
        {{ person_key('costs.person_id', 'persons.display_name') }} as person_id,
        'Time without evidence: link work to items, or declare an allocation' as description,
        'expense' as proposed_treatment,
        cast(null as varchar) as evidence_url,
        sum(costs.reporting_amount) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join run_month on costs.month_key = run_month.month_key
    left join {{ ref('dim_persons') }} as persons on costs.person_id = persons.person_id
    where costs.evidence_tier = 'T6'
    group by costs.person_id, persons.display_name
    having sum(costs.reporting_amount) <> 0
),

unmapped as (
    select
        'UNMAPPED-' || unmapped.work_item_key as exception_id,
        'UNMAPPED_ITEM' as rule,
        'NONE' as component_id,
        'NONE' as person_id,
        unmapped.work_item_key || ' has no value stream: add a rule in value_streams.yaml' as description,
        'expense' as proposed_treatment,
        items.url as evidence_url,
        unmapped.reporting_amount as amount
    from {{ ref('int_items__unmapped') }} as unmapped
    inner join run_month on unmapped.month_key = run_month.month_key
    left join {{ ref('dim_work_items') }} as items on unmapped.work_item_key = items.work_item_key
),

unmatched as (
    select
        'UNMATCHED-' || accounts.source || '-' || accounts.account as exception_id,
        'UNMATCHED_ACCOUNT' as rule,
        'NONE' as component_id,
        'NONE' as person_id,
        'Account ' || accounts.account || ' of source ' || accounts.source || ' with '
        || cast(accounts.evidence_count as varchar) || ' acts belongs to nobody: add it to identities' as description,
        'none' as proposed_treatment,
        cast(null as varchar) as evidence_url,
        cast(0 as decimal(18, 2)) as amount
    from {{ ref('int_accounts__unmatched') }} as accounts
    inner join run_month on accounts.month_key = run_month.month_key
    where accounts.actor_kind = 'human'
),

overridden as (
    select
        'OVERRIDE-' || costs.override_id as exception_id,
        'OVERRIDE' as rule,
        min(costs.component_id) as component_id,
        'NONE' as person_id,
        'Decided by override ' || costs.override_id || ': ' || min(costs.reason) as description,
        min(costs.treatment) as proposed_treatment,
        cast(null as varchar) as evidence_url,
        sum(costs.reporting_amount) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join run_month on costs.month_key = run_month.month_key
    where coalesce(costs.override_id, 'NONE') <> 'NONE'
    group by costs.override_id
),

watched as (
    select
        anomalies.rule || '-' || case
            when anomalies.person_id = 'NONE' then anomalies.anomaly_id
            else {{ person_key('anomalies.person_id', 'persons.display_name') }}
        end as exception_id,
        anomalies.rule,
        anomalies.component_id,
        {{ person_key('anomalies.person_id', 'persons.display_name') }} as person_id,
        anomalies.description,
        'review' as proposed_treatment,
        cast(null as varchar) as evidence_url,
        anomalies.amount
    from {{ ref('fct_anomalies') }} as anomalies
    left join {{ ref('dim_persons') }} as persons on anomalies.person_id = persons.person_id
),

gathered as (
    select * from unattributed
    union all
    select * from unmapped
    union all
    select * from unmatched
    union all
    select * from overridden
    union all
    select * from watched
),

final as (
    select
        gathered.exception_id,
        gathered.rule,
        'WARN' as severity,
        gathered.component_id,
        gathered.person_id,
        gathered.description,
        gathered.proposed_treatment,
        gathered.evidence_url,
        cast(gathered.amount as decimal(18, 2)) as amount,
        run_month.first_date as opened_date
    from gathered
    cross join run_month
)

select * from final
