{%- set moved = ref('int_assets__moved') -%}
{%- set registered = ref('int_assets__registered') -%}

with run_month as (
    select max(case when is_run_month then month_key end) as month_key from {{ source('company', 'months') }}
),

final as (
    {{ entity_check(
        'AST-ADDITIONS', 'assets', 'Additions to work in progress equal capitalised cost',
        left="select entity, month_key, amount from " ~ moved ~ " where movement_type = 'addition'",
        right="select entity, month_key, capex_amount as amount from " ~ ref('int_capitalization__decided'),
        remedy='capitalised cost did not reach the roll-forward'
    ) }}
    {%- for balance, words in [
        ('cip', 'work in progress'), ('gross', 'cost in service'), ('accumulated', 'accumulated amortisation'),
    ] %}
        union all
    {{ entity_check(
        'AST-ROLLFORWARD-' ~ balance | upper, 'assets', 'Opening and movements of ' ~ words ~ ' equal its closing',
        left="select entity, month_key, amount from " ~ moved ~ " where balance = '" ~ balance ~ "' and movement_type <> 'closing'",
        right="select entity, month_key, amount from " ~ moved ~ " where balance = '" ~ balance ~ "' and movement_type = 'closing'",
        remedy='a movement of ' ~ words ~ ' is missing or doubled in fct_asset_movements'
    ) }}
        union all
    {{ entity_check(
        'AST-OPENING-' ~ balance | upper, 'assets', 'Opening ' ~ words ~ ' equals the closing of the month before',
        left="select entity, month_key, amount from " ~ moved ~ " where balance = '" ~ balance ~ "' and movement_type = 'opening'",
        right="select moved.entity, later.month_key, moved.amount from " ~ moved ~ " as moved inner join "
            ~ ref('int_months__numbered') ~ " as earlier on moved.month_key = earlier.month_key inner join "
            ~ ref('int_months__numbered') ~ " as later on earlier.month_number + 1 = later.month_number"
            ~ " where moved.balance = '" ~ balance ~ "' and moved.movement_type = 'closing' union all"
            ~ " select entity, month_key, " ~ balance ~ "_amount as amount from " ~ ref('int_assets__opening'),
        remedy='the balance of ' ~ words ~ ' changed between two months'
    ) }}
    {%- endfor %}
    union all
    {{ entity_check(
        'AST-TRANSFERS', 'assets', 'What leaves work in progress for service equals what enters service',
        left="select entity, month_key, -amount as amount from " ~ moved ~ " where balance = 'cip' and movement_type = 'transfer_to_service'",
        right="select entity, month_key, amount from " ~ moved ~ " where balance = 'gross' and movement_type = 'transfer_to_service'",
        remedy='a component was placed in service on one side only'
    ) }}
    {%- for column, balance, words in [
        ('cost_amount', 'gross', 'cost'), ('accumulated_amount', 'accumulated', 'accumulated amortisation'),
        ('cip_amount', 'cip', 'work in progress'),
    ] %}
        union all
    {{ entity_check(
        'AST-REGISTER-' ~ balance | upper, 'assets', 'Register ' ~ words ~ ' equals the roll-forward',
        left="select registered.entity, run_month.month_key, registered." ~ column ~ " as amount from "
            ~ registered ~ " as registered cross join run_month",
        right="select entity, month_key, amount from " ~ moved ~ " where balance = '" ~ balance ~ "' and movement_type = 'closing'",
        remedy='an asset is missing from fct_assets or stands there twice',
        where='books.month_key = (select month_key from run_month)'
    ) }}
    {%- endfor %}
    union all
    {{ entity_check(
        'AST-AMORTIZATION', 'assets', 'Amortisation of the roll-forward equals the schedule of the month',
        left="select entity, month_key, amount from " ~ moved ~ " where movement_type = 'amortization'",
        right="select entity, month_key, amortization_amount as amount from " ~ ref('int_amortization__scheduled'),
        remedy='a charge of fct_amortization_schedule is not in fct_asset_movements'
    ) }}
    union all
    {{ entity_check(
        'AST-SCHEDULE', 'assets', 'Amortisation still to come equals the net book value of what is being amortised',
        left="select scheduled.entity, run_month.month_key, scheduled.amortization_amount as amount from "
            ~ ref('int_amortization__scheduled') ~ " as scheduled cross join run_month where scheduled.is_after_run_month",
        right="select registered.entity, run_month.month_key, registered.net_book_value_amount as amount from "
            ~ registered ~ " as registered cross join run_month left join " ~ ref('int_assets__opening')
            ~ " as opening on registered.component_id = opening.component_id and registered.entity = opening.entity"
            ~ " where registered.amortization_start_date is not null or opening.is_in_service",
        remedy='the segments of an asset do not charge its whole net book value',
        where='books.month_key = (select month_key from run_month)'
    ) }}
    union all
    {{ fault_check(
        'AST-NEGATIVE', 'assets', 'No work in progress and no net book value is negative',
        faults="select month_key, component_id || ' of ' || entity as subject from " ~ moved
            ~ " where movement_type = 'closing' group by month_key, component_id, entity having"
            ~ " min(case when balance in ('cip', 'gross') then amount end) < 0"
            ~ " or sum(case balance when 'gross' then amount when 'accumulated' then -amount else 0 end) < 0",
        remedy='a negative pay correction or an impairment exceeds the balance of the component'
    ) }}
    union all
    {{ entity_check(
        'AST-CLOSED', 'assets', 'The books start from the balances of the last closing',
        left="select moved.entity, run_month.month_key, moved.amount from " ~ moved ~ " as moved cross join run_month"
            ~ " where moved.movement_type = 'closing' and moved.month_key = (select max(month_key) from "
            ~ source('closed', 'months') ~ ")",
        right="select frozen.entity, run_month.month_key, frozen.amount from " ~ source('closed', 'fct_asset_movements')
            ~ " as frozen cross join run_month where frozen.movement_type = 'closing' and frozen.month_key = (select max(month_key) from "
            ~ source('closed', 'months') ~ ")",
        remedy='opening balances or components of closed months were changed: put them back, or reopen the month',
        where='books.month_key = (select month_key from run_month)'
    ) }}
    union all
    {{ fault_check(
        'AST-LIFE', 'assets', 'Lives are inside the range of the policy, or a note says why not',
        faults="select run_month.month_key, 'component ' || registered.component_id || ': ' || cast(registered.life_months as varchar) || ' months' as subject from "
            ~ registered ~ " as registered inner join " ~ source('company', 'policies')
            ~ " as policies on registered.policy_id = policies.policy_id left join " ~ source('company', 'components')
            ~ " as components on registered.component_id = components.component_id cross join run_month"
            ~ " where registered.cost_amount <> 0 and coalesce(components.functionality_note, '') = ''"
            ~ " and registered.life_months not between policies.life_months_min and policies.life_months_max",
        remedy='change life_months, or write the reason into functionality_note',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'AST-OPENING-CURRENCY', 'assets', 'Opening balances are in the functional currency of the entity',
        faults="select opening.month_key, 'component ' || opening.component_id || ' in ' || opening.currency_code as subject from "
            ~ ref('int_assets__opening') ~ " as opening inner join " ~ source('company', 'entities')
            ~ " as entities on opening.entity = entities.entity where opening.currency_code <> entities.functional_currency",
        remedy='state the balance in the currency of the entity that carries it'
    ) }}
    union all
    {{ entity_check(
        'AST-TRANSLATION', 'assets', 'Opening, movements and translation equal closing in the reporting currency',
        left="select entity, month_key, reporting_amount as amount from " ~ moved ~ " where movement_type <> 'closing'",
        right="select entity, month_key, reporting_amount as amount from " ~ moved ~ " where movement_type = 'closing'",
        remedy='a movement was translated at another rate than its kind asks for',
        where="not exists (select 1 from " ~ moved ~ " as unknown_rate where unknown_rate.reporting_amount is null"
            ~ " and unknown_rate.entity = books.entity and unknown_rate.month_key = books.month_key)"
    ) }}
    union all
    {{ fault_check(
        'AST-RATES', 'assets', 'Every balance in another currency has the rate of the month',
        faults="select month_key, component_id || ' of ' || entity || ' in ' || currency_code as subject from " ~ moved
            ~ " where movement_type = 'closing' and amount <> 0 and reporting_amount is null",
        remedy='add the rate of the month to fx_rates'
    ) }}
    union all
    {{ fault_check(
        'AST-EVENT-EFFECT', 'assets', 'Every asset event has an effect on an asset',
        faults="select " ~ month_key('events.effective_date') ~ " as month_key, events.event || ' ' || events.event_id || ' on '"
            ~ " || events.component_id as subject from " ~ source('company', 'asset_events') ~ " as events cross join "
            ~ source('company', 'settings') ~ " as settings left join " ~ ref('int_asset_events__counted')
            ~ " as counted on events.event_id = counted.event_id and (counted.is_in_service or counted.event_type in"
            ~ " ('impairment', 'net_realizable', 'revenue_estimate')) where counted.event_id is null"
            ~ " and (settings.as_of_at is null or events.recorded_at <= settings.as_of_at)",
        remedy='the component has no asset, is not in service, or its policy does not know the event',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'AST-REVENUE', 'assets', 'Products under 985-20 have an estimate of revenue for the fiscal year',
        faults="select run_month.month_key, 'component ' || registered.component_id || ' of ' || registered.entity as subject from "
            ~ registered ~ " as registered cross join run_month inner join " ~ source('company', 'months')
            ~ " as months on run_month.month_key = months.month_key inner join " ~ source('company', 'policies')
            ~ " as policies on registered.policy_id = policies.policy_id where policies.framework = 'US_985_20'"
            ~ " and registered.status = 'in_service' and not exists (select 1 from " ~ ref('int_asset_events__counted')
            ~ " as estimates inner join " ~ source('company', 'months') ~ " as estimate_months on estimates.effective_date"
            ~ " between estimate_months.first_date and estimate_months.last_date where estimates.event_type = 'revenue_estimate'"
            ~ " and estimates.component_id = registered.component_id and estimate_months.fiscal_year = months.fiscal_year)",
        remedy='record a revenue_estimate; until then the straight line alone is booked',
        severity='WARN'
    ) }}
)

select * from final
