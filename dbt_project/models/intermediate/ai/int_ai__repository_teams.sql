-- The team that merged most of a repository's pull requests: where a change without a known author is counted.
with authored as (
    select
        pulls.repository,
        people.team,
        count(*) as pull_count
    from {{ ref('fct_pull_requests') }} as pulls
    inner join {{ source('company', 'people') }} as people
        on
            pulls.author_id = people.person_id
            and cast(pulls.merged_at as date) between people.start_date
            and coalesce(people.end_date, cast('9999-12-31' as date))
    group by pulls.repository, people.team
),

ranked as (
    select
        repository,
        team,
        row_number() over (partition by repository order by pull_count desc, team asc) as team_rank
    from authored
),

final as (
    select
        repository,
        team
    from ranked
    where team_rank = 1
)

select * from final
