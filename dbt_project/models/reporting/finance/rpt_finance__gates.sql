-- Every gate in force, with who recorded it and when: evidence that came late is seen.
with final as (
    select
        component_id || '|' || gate || '|' || subject || '|' || cast(effective_date as varchar)
        || '|' || cast(recorded_at as varchar) as gate_id,
        component_id,
        gate,
        subject,
        recorded_by,
        evidence_url,
        note,
        cast(recorded_at as date) as recorded_date,
        effective_date
    from {{ ref('int_gates__counted') }}
)

select * from final
