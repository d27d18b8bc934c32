with final as (
    select
        source,
        repository,
        sha,
        author,
        authored_at,
        committer,
        committed_at,
        message,
        parents,
        additions,
        deletions,
        files,
        author_name,
        committer_name,
        record_source,
        record_type,
        record_key
    from {{ source('raw_tables', 'commits') }}
)

select * from final
