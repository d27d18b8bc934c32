{%- set acts = [
    ('gates', source('company', 'gates'), 'recorded_by', 'maker', 'recorded_at'),
    ('asset events', source('company', 'asset_events'), 'recorded_by', 'maker', 'recorded_at'),
    ('asset events', source('company', 'asset_events'), 'approved_by', 'checker', 'recorded_at'),
    ('overrides', source('company', 'overrides'), 'requested_by', 'maker', 'approved_at'),
    ('overrides', source('company', 'overrides'), 'approved_by', 'checker', 'approved_at'),
    ('true-ups', source('company', 'true_up_approvals'), 'approved_by', 'checker', 'approved_at'),
    ('policies', source('company', 'policies'), 'approved_by', 'checker', 'approved_on'),
    ('closings', source('closed', 'close_ledger'), 'prepared_by', 'maker', 'at'),
    ('closings', source('closed', 'close_ledger'), 'approved_by', 'checker', 'at'),
] -%}

-- Who holds a role of the close and who acted, by the side of the decision: makers record, ask and prepare.
with acts as (
    {%- for subject, relation, column, side, moment in acts %}
        select
            '{{ subject }}' as subject,
            acted.{{ column }} as person_name,
            '{{ side }}' as side,
            cast(acted.{{ moment }} as date) as act_date
        from {{ relation }} as acted
        union all
    {%- endfor %}
    {%- for column, side in [('declared_by', 'maker'), ('approved_by', 'checker')] %}
        select
            'declared allocations' as subject,
            {{ column }} as person_name,
            '{{ side }}' as side,
            null as act_date
        from {{ source('company', 'declared_allocations') }}
        union all
    {%- endfor %}
    select
        'role in the close' as subject,
        name as person_name,
        case when role = 'prepare' then 'maker' else 'checker' end as side,
        null as act_date
    from {{ source('company', 'close_roles') }}
),

final as (
    select
        lower(trim(person_name)) as name_key,
        min(trim(person_name)) as person_name,
        subject,
        sum(case when side = 'maker' then 1 else 0 end) as maker_count,
        sum(case when side = 'checker' then 1 else 0 end) as checker_count,
        max(act_date) as last_date
    from acts
    where person_name is not null
    group by lower(trim(person_name)), subject
)

select * from final
