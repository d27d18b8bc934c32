-- The value stream of a service: the first rule on its repository, whole repositories before paths.
with services as (
    select distinct
        service,
        repository
    from {{ ref('int_deployments__production') }}
    where repository is not null
),

ranked as (
    select
        services.service,
        rules.value_stream_id,
        row_number() over (
            partition by services.service
            order by case when rules.path is null then 0 else 1 end, rules.rule_order
        ) as choice
    from services
    inner join {{ source('company', 'stream_rules') }} as rules
        on
            rules.match_kind = 'repository'
            and lower(split_part(services.repository, '/', -1)) = lower(split_part(rules.match_value, '/', -1))
            and (
                lower(services.repository) = lower(rules.match_value)
                or services.repository not like '%/%'
                or rules.match_value not like '%/%'
            )
),

final as (
    select
        service,
        value_stream_id
    from ranked
    where choice = 1
)

select * from final
