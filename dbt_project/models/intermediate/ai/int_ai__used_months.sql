-- What each person did with each tool in a month: days with a seat, days with use, and of them the month's last 28
-- and 7. A row of use in which nothing was done is a report, not use.
with aliases as (
    select
        {{ account_key('account') }} as account_key,
        person_id
    from {{ source('company', 'identities') }}
    union distinct
    select
        {{ account_key('email') }},
        person_id
    from {{ source('company', 'people') }}
    where email is not null
),

persons as (
    select
        account_key,
        min(person_id) as person_id
    from aliases
    group by account_key
    having count(distinct person_id) = 1
),

acts as (
    select
        date as act_date,
        tool,
        person_id,
        account,
        1 as is_seat,
        0 as is_use
    from {{ ref('inp_ai_seats') }}
    union all
    select
        date,
        tool,
        person_id,
        account,
        0,
        case
            when coalesce(interactions, acceptances, lines_added, sessions, tokens_in, tokens_out) is null then 1
            when
                coalesce(interactions, 0) + coalesce(acceptances, 0) + coalesce(lines_added, 0) + coalesce(sessions, 0)
                + coalesce(tokens_in, 0) + coalesce(tokens_out, 0) > 0
                then 1
            else 0
        end
    from {{ ref('inp_ai_usage') }}
),

final as (
    select
        coalesce(acts.person_id, persons.person_id, 'NONE') as person_id,
        acts.tool,
        months.month_key,
        cast(count(distinct case when acts.is_seat = 1 then acts.act_date end) as integer) as seat_day_count,
        cast(count(distinct case when acts.is_seat = 0 then acts.act_date end) as integer) as reported_day_count,
        cast(count(distinct case when acts.is_use = 1 then acts.act_date end) as integer) as active_day_count,
        cast(count(distinct case
            when acts.is_use = 1 and acts.act_date > {{ plus_days('months.last_date', -28) }} then acts.act_date
        end) as integer) as recent_day_count,
        cast(count(distinct case
            when acts.is_use = 1 and acts.act_date > {{ plus_days('months.last_date', -7) }} then acts.act_date
        end) as integer) as week_day_count
    from acts
    inner join {{ source('company', 'months') }} as months
        on acts.act_date between months.first_date and months.last_date
    left join persons
        on {{ account_key('acts.account') }} = persons.account_key
    group by coalesce(acts.person_id, persons.person_id, 'NONE'), acts.tool, months.month_key
)

select * from final
