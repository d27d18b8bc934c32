-- The team of a service: whose people wrote most of the commits that it shipped.
with authors as (
    select
        sha,
        min(source) as source,
        min({{ account_key('author') }}) as account_key
    from {{ ref('inp_commits') }}
    group by sha
),

written as (
    select
        shipped.service,
        people.team,
        count(*) as commit_count
    from {{ ref('int_commits__deployed') }} as shipped
    inner join authors
        on shipped.sha = authors.sha
    inner join {{ ref('int_accounts__resolved') }} as accounts
        on
            authors.source = accounts.source
            and authors.account_key = accounts.account_key
            and cast(shipped.authored_at as date) between accounts.valid_from and accounts.valid_to
    inner join {{ source('company', 'people') }} as people
        on
            accounts.person_id = people.person_id
            and cast(shipped.authored_at as date) >= people.start_date
            and cast(shipped.authored_at as date) <= coalesce(people.end_date, cast('9999-12-31' as date))
    where people.team is not null
    group by shipped.service, people.team
),

ranked as (
    select
        *,
        row_number() over (partition by service order by commit_count desc, team asc) as choice
    from written
),

final as (
    select
        service,
        team
    from ranked
    where choice = 1
)

select * from final
