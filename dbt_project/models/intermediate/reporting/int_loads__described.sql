-- What each source delivered in its last load, with how it was read.
with final as (
    select
        loads.source,
        loads.kind,
        loads.record_type as object_name,
        'mode ' || coalesce(sources.mode, 'files') || ', timezone ' || coalesce(sources.timezone, 'UTC') as parameters,
        coalesce(cast(loads.watermark_at as varchar), 'none') as watermark,
        'raw_' || loads.kind as model_name,
        loads.content_hash,
        cast(loads.delivered_count as bigint) as rows_in,
        cast(loads.rejected_count as bigint) as rows_rejected,
        cast(loads.superseded_count as bigint) as rows_superseded
    from {{ source('ops', 'source_loads') }} as loads
    left join {{ source('company', 'sources') }} as sources
        on loads.source = sources.name
)

select * from final
