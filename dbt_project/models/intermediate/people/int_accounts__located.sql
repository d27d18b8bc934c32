-- Whose account it was, when, and in which time zone that person's days run.
with zones as (
    select
        person_id,
        timezone,
        start_date,
        lag(start_date) over (partition by person_id order by start_date) as previous_start_date,
        lead(start_date) over (partition by person_id order by start_date) as next_start_date
    from {{ source('company', 'people') }}
),

final as (
    select
        accounts.source,
        accounts.account_key,
        accounts.person_id,
        accounts.valid_from,
        accounts.valid_to,
        zones.timezone,
        case
            when zones.previous_start_date is null then cast('0001-01-01' as date)
            else zones.start_date
        end as zone_from_date,
        coalesce(
            {{ plus_days('zones.next_start_date', -1) }},
            cast('9999-12-31' as date)
        ) as zone_to_date
    from {{ ref('int_accounts__resolved') }} as accounts
    inner join zones
        on accounts.person_id = zones.person_id
)

select * from final
