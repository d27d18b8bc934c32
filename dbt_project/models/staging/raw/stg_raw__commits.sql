-- Pull requests that build on each other carry the same commits.
with delivered as (
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
        record_key,
        row_number() over (
            partition by source, repository, sha
            order by record_key asc
        ) as claim_rank
    from {{ source('raw', 'commits') }}
),

final as (
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
    from delivered
    where claim_rank = 1
)

select * from final
