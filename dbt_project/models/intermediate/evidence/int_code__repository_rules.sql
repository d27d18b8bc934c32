-- Which rules on repositories speak of which repository; a bare name also meets `owner/name`.
with repositories as (
    select distinct repository from {{ ref('inp_commits') }}
    union distinct
    select distinct repository from {{ ref('inp_pull_requests') }}
    union distinct
    select distinct project_key from {{ ref('inp_work_items') }}
    where project_key like '%/%'
),

final as (
    select
        repositories.repository,
        rules.rule_order,
        rules.path,
        coalesce(rules.valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(rules.valid_to, cast('9999-12-30' as date)) as valid_to
    from repositories
    inner join {{ source('company', 'stream_rules') }} as rules
        on
            rules.match_kind = 'repository'
            and (
                lower(repositories.repository) = lower(rules.match_value)
                or (
                    repositories.repository not like '%/%'
                    and lower(repositories.repository) = lower(split_part(rules.match_value, '/', -1))
                )
            )
)

select * from final
