-- Whom a line of AI cost is for: the person it names, else seat-days, else metered usage of its tool in its month.
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
    union distinct
    select
        account_key,
        person_id
    from {{ ref('int_accounts__resolved') }}
    where person_id is not null
),

persons as (
    select
        account_key,
        min(person_id) as person_id
    from aliases
    group by account_key
    having count(distinct person_id) = 1
),

lines as (
    select
        costs.cost_line_id,
        costs.month,
        costs.tool,
        costs.charge_type,
        coalesce(costs.person_id, persons.person_id) as person_id,
        costs.person_id is not null or costs.account is not null or costs.work_item_key is not null as is_named
    from {{ ref('inp_ai_costs') }} as costs
    left join persons
        on {{ account_key('costs.account') }} = persons.account_key
),

seat_days as (
    select
        {{ month_key('seats.date') }} as month_key,
        seats.tool,
        coalesce(seats.person_id, persons.person_id, 'NONE') as person_id,
        count(distinct seats.date) as weight
    from {{ ref('inp_ai_seats') }} as seats
    left join persons
        on {{ account_key('seats.account') }} = persons.account_key
    group by {{ month_key('seats.date') }}, seats.tool, coalesce(seats.person_id, persons.person_id, 'NONE')
),

usage as (
    select
        {{ month_key('used.date') }} as month_key,
        used.tool,
        coalesce(used.person_id, persons.person_id, 'NONE') as person_id,
        cast(sum(coalesce(used.estimated_amount, 0) * 100) as bigint) as amount_weight,
        sum(coalesce(used.tokens_in, 0) + coalesce(used.tokens_out, 0)) as token_weight
    from {{ ref('inp_ai_usage') }} as used
    left join persons
        on {{ account_key('used.account') }} = persons.account_key
    group by {{ month_key('used.date') }}, used.tool, coalesce(used.person_id, persons.person_id, 'NONE')
),

usage_weights as (
    select
        month_key,
        tool,
        person_id,
        case
            when sum(amount_weight) over (partition by month_key, tool) > 0 then amount_weight
            else token_weight
        end as weight
    from usage
),

weights as (
    select
        cost_line_id,
        coalesce(person_id, 'NONE') as person_id,
        1 as weight
    from lines
    where is_named
    union all
    select
        lines.cost_line_id,
        seat_days.person_id,
        seat_days.weight
    from lines
    inner join seat_days
        on lines.month = seat_days.month_key and lines.tool = seat_days.tool
    where not lines.is_named and lines.charge_type = 'seat'
    union all
    select
        lines.cost_line_id,
        usage_weights.person_id,
        usage_weights.weight
    from lines
    inner join usage_weights
        on lines.month = usage_weights.month_key and lines.tool = usage_weights.tool
    where not lines.is_named and lines.charge_type = 'metered' and usage_weights.weight > 0
),

final as (
    select
        cost_line_id,
        person_id,
        cast(weight as bigint) as weight
    from weights
    union all
    select
        lines.cost_line_id,
        'NONE',
        1
    from lines
    left join weights
        on lines.cost_line_id = weights.cost_line_id
    where weights.cost_line_id is null
)

select * from final
