with final as (
    select
        source,
        repository,
        sha,
        path,
        insertions,
        deletions,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'commit_files') }}
)

select * from final
