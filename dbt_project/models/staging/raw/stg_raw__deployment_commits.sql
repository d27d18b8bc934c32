with final as (
    select
        source,
        deployment_id,
        sha,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'deployment_commits') }}
)

select * from final
