with known as (
    select
        gates.component_id,
        gates.gate,
        coalesce(gates.subject, '') as subject,
        gates.recorded_by,
        gates.evidence_url,
        gates.note,
        gates.recorded_at,
        gates.effective_date
    from {{ source('company', 'gates') }} as gates
    cross join {{ source('company', 'settings') }} as settings
    where settings.as_of_at is null or gates.recorded_at <= settings.as_of_at
),

-- A work can be suspended many times, but is authorised or completed once: a later record corrects.
ranked as (
    select
        *,
        gate in ('suspended', 'resumed', 'uncertainty_opened', 'uncertainty_resolved') as is_repeatable,
        row_number() over (
            partition by component_id, gate order by recorded_at desc, effective_date desc
        ) as recency
    from known
),

final as (
    select distinct
        component_id,
        gate,
        subject,
        recorded_by,
        evidence_url,
        note,
        recorded_at,
        effective_date
    from ranked
    where is_repeatable or recency = 1
)

select * from final
