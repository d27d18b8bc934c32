-- The assets: one per component and entity that has incurred or taken over cost, with what times them.
with units as (
    select
        component_id,
        entity
    from {{ ref('int_assets__additions') }}
    union
    select
        component_id,
        entity
    from {{ ref('int_assets__opening') }}
    union
    select
        component_id,
        entity
    from {{ ref('int_true_ups__placed') }}
    union
    select
        component_id,
        entity
    from {{ ref('int_transitions__placed') }}
    where not is_derecognised
),

books as (
    select
        min(first_date) as first_date,
        min(month_number) as first_number,
        max(case when is_run_month then month_number end) as run_number,
        max(case when is_run_month then last_date end) as run_date
    from {{ ref('int_months__numbered') }}
),

-- What the last closing knew of each asset: it stays, whatever is recorded later.
closed as (
    select assets.*
    from {{ source('closed', 'fct_assets') }} as assets
    where assets.month_key = (select max(months.month_key) from {{ source('closed', 'months') }} as months)
),

-- Life and convention are those with which the asset entered service.
first_closed as (
    select
        component_id,
        entity,
        min(month_key) as month_key
    from {{ source('closed', 'fct_assets') }}
    where ready_date is not null
    group by component_id, entity
),

entered as (
    select
        assets.component_id,
        assets.entity,
        assets.convention,
        assets.life_months
    from {{ source('closed', 'fct_assets') }} as assets
    inner join first_closed
        on
            assets.component_id = first_closed.component_id
            and assets.entity = first_closed.entity
            and assets.month_key = first_closed.month_key
),

ended as (
    select
        component_id,
        min(case when gate = 'abandoned' then effective_date end) as abandoned_date,
        min(case when gate = 'disposed' then effective_date end) as disposed_date
    from {{ ref('int_gates__counted') }}
    where gate in ('abandoned', 'disposed')
    group by component_id
),

timed as (
    select
        units.component_id,
        units.entity,
        applied.currency_code,
        applied.minor_digits,
        applied.is_book,
        coalesce(ready.policy_id, applied.policy_id) as policy_id,
        {{ booked_date('closed.ready_date', 'ready.ready_date') }} as ready_date,
        {{ booked_date('closed.amortization_start_date', 'started.amortization_start_date') }}
            as amortization_start_date,
        {{ booked_date('closed.abandoned_date', 'ended.abandoned_date') }} as abandoned_date,
        {{ booked_date('closed.disposed_date', 'ended.disposed_date') }} as disposed_date,
        entered.convention as closed_convention,
        entered.life_months as closed_life_months,
        books.run_date,
        books.first_date,
        books.first_number,
        books.run_number
    from units
    cross join books
    inner join {{ ref('int_months__numbered') }} as months on books.run_number = months.month_number
    inner join {{ ref('int_policies__applied') }} as applied
        on units.entity = applied.entity and months.month_key = applied.month_key
    left join {{ ref('int_assets__ready') }} as ready
        on units.entity = ready.entity and units.component_id = ready.component_id
    left join {{ ref('int_assets__started') }} as started
        on units.entity = started.entity and units.component_id = started.component_id
    left join ended on units.component_id = ended.component_id
    left join closed on units.component_id = closed.component_id and units.entity = closed.entity
    left join entered on units.component_id = entered.component_id and units.entity = entered.entity
    cross join (select {{ first_open_date() }} as first_open_date) as booked
),

final as (
    select
        timed.component_id,
        timed.entity,
        coalesce(components.name, timed.component_id) as component_name,
        coalesce(components.value_stream_id, 'NONE') as value_stream_id,
        coalesce(components.parent_component_id, 'NONE') as parent_component_id,
        coalesce(components.asset_class, 'software') as asset_class,
        coalesce(components.scope, 'internal_use') as scope,
        coalesce(timed.closed_convention, lives.convention, 'full_month') as convention,
        coalesce(components.functionality_note, '') as functionality_note,
        timed.policy_id,
        timed.currency_code,
        timed.minor_digits,
        coalesce(timed.closed_life_months, lives.life_months, 36) as life_months,
        coalesce(lives.life_months, 36) as revised_life_months,
        timed.first_number,
        timed.run_number,
        case
            when timed.ready_date is not null
                then greatest({{ month_ordinal('timed.ready_date') }}, timed.first_number)
        end as placed_number,
        settings.fiscal_year_start_month,
        timed.is_book,
        timed.first_date,
        timed.ready_date,
        case when timed.amortization_start_date <= timed.run_date then timed.amortization_start_date end
            as amortization_start_date,
        case when timed.abandoned_date <= timed.run_date then timed.abandoned_date end as abandoned_date,
        case when timed.disposed_date <= timed.run_date then timed.disposed_date end as disposed_date
    from timed
    cross join {{ source('company', 'settings') }} as settings
    left join {{ source('company', 'components') }} as components on timed.component_id = components.component_id
    left join {{ ref('int_components__lives') }} as lives
        on timed.policy_id = lives.policy_id and timed.component_id = lives.component_id
)

select * from final
