-- Merged pull requests that a later commit says it reverts, within thirty days.
with messages as (
    select
        sha,
        committed_at,
        lower(message) as text_value
    from {{ ref('inp_commits') }}
    where position('this reverts commit ' in lower(message)) > 0
),

named as (
    {{ exploded_matches(
        'messages', ['sha', 'committed_at'], 'text_value', 'this reverts commit [0-9a-f]+', 'matched'
    ) }}
),

reverting as (
    select
        committed_at,
        {{ dbt.split_part('matched', "' '", 4) }} as reverted_sha
    from named
),

carried as (
    select
        source,
        repository,
        number,
        sha
    from {{ ref('inp_pull_request_commits') }}
    union distinct
    select
        source,
        repository,
        number,
        merge_commit_sha
    from {{ ref('inp_pull_requests') }}
    where merge_commit_sha is not null
),

final as (
    select distinct
        pulls.source,
        pulls.repository,
        pulls.number
    from reverting
    inner join carried
        on carried.sha like reverting.reverted_sha || '%'
    inner join {{ ref('inp_pull_requests') }} as pulls
        on
            carried.source = pulls.source
            and carried.repository = pulls.repository
            and carried.number = pulls.number
    where
        length(reverting.reverted_sha) >= 7
        and reverting.committed_at > pulls.merged_at
        and reverting.committed_at <= {{ dbt.dateadd('day', 30, 'pulls.merged_at') }}
)

select * from final
