-- Every step of the walk that changes capitalised cost, with the cause that explains it.
with explained as (
    select
        walked.*,
        case
            when walked.is_price_only then walked.pay_cause
            else coalesce(people.evidence_cause, 'late_code')
        end as evidence_cause,
        case
            when coalesce(items.is_moved, false) then 'reparent'
            when coalesce(items.is_relabelled, false) then 'relabel'
            when coalesce(people.is_roster_changed, false) then 'roster'
            else 'mapping'
        end as place_cause,
        case
            when walked.closed_role_classes <> walked.today_role_classes then 'roster'
            when walked.closed_activities <> walked.today_activities
                then case when coalesce(items.is_relabelled, false) then 'relabel' else 'mapping' end
            when walked.closed_open_days <> walked.today_open_days then 'gate'
            when walked.closed_tiers <> walked.today_tiers then coalesce(people.evidence_cause, 'late_code')
            when walked.closed_election <> walked.today_election then 'election'
            when walked.is_price_only and walked.closed_rules = walked.today_rules then walked.pay_cause
            else 'rule'
        end as treatment_cause
    from {{ ref('int_drift__walked') }} as walked
    left join {{ ref('int_drift__people') }} as people
        on walked.month_key = people.month_key and walked.person_id = people.person_id
    left join {{ ref('int_drift__items') }} as items
        on walked.month_key = items.month_key and walked.work_item_key = items.work_item_key
),

steps as (
    {%- for cause, before, after in [
        ('pay_cause', 'closed_capex', 'after_price'),
        ('evidence_cause', 'after_price', 'after_evidence'),
        ('place_cause', 'after_evidence', 'after_place'),
        ('treatment_cause', 'after_place', 'today_capex'),
    ] %}
        select
            month_key,
            entity,
            person_id,
            work_item_key,
            component_id,
            currency_code,
            {{ cause }} as cause,
            {{ after }} - {{ before }} as difference_amount
        from explained
        where {{ after }} <> {{ before }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        month_key,
        entity,
        person_id,
        work_item_key,
        component_id,
        cause,
        currency_code,
        cast(sum(difference_amount) as decimal(18, 2)) as difference_amount
    from steps
    group by month_key, entity, person_id, work_item_key, component_id, cause, currency_code
    having sum(difference_amount) <> 0
    union all
    {{ kept_comparison('compared_causes', [
        'month_key', 'entity', 'person_id', 'work_item_key', 'component_id', 'cause', 'currency_code',
        'difference_amount',
    ]) }}
)

select * from final
