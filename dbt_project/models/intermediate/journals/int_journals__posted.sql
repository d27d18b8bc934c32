-- Every posting as an account's signed amount, debit positive, before it becomes lines of entries. Implementation
-- of a cloud arrangement is a prepayment, expensed beside the hosting fee (350-40-45-1): J13 and J13b.
with assets as (
    select * from {{ ref('int_assets__listed') }}
    where is_book
),

natures as (
    {% for nature, entry_type, contra, words in [
        ('labour', 'J1', 'labour_contra', 'labour'),
        ('stock_compensation', 'J1b', 'stock_contra', 'stock compensation'),
        ('contractor', 'J2', 'contractor_contra', 'contractors'),
        ('ai', 'J3', 'ai_contra', 'metered AI'),
        ('interest', 'J4', 'interest_contra', 'interest'),
        ('other', 'J-other', 'other_contra', 'other direct cost'),
    ] -%}
        select
            '{{ nature }}' as nature,
            '{{ entry_type }}' as entry_type,
            '{{ contra }}' as contra_key,
            'Capitalise {{ words }}' as memo
        {{ ' union all ' if not loop.last }}
    {% endfor -%}
),

capitalised as (
    select
        natures.entry_type,
        additions.component_id,
        additions.entity,
        additions.month_key,
        additions.cost_center,
        natures.contra_key,
        natures.memo,
        additions.amount
    from {{ ref('int_assets__additions') }} as additions
    inner join {{ ref('int_policies__applied') }} as applied
        on additions.entity = applied.entity and additions.month_key = applied.month_key and applied.is_book
    inner join natures on additions.nature = natures.nature
),

used as (
    select
        monthly.*,
        assets.scope,
        cip.cleared_by,
        cip.cleared_amount,
        cip.impairment_amount as cip_impairment_amount,
        cip.true_up_amount as cip_true_up_amount,
        cip.transition_amount as cip_transition_amount
    from {{ ref('int_assets__monthly') }} as monthly
    inner join assets on monthly.component_id = assets.component_id and monthly.entity = assets.entity
    inner join {{ ref('int_cip__monthly') }} as cip
        on
            monthly.component_id = cip.component_id
            and monthly.entity = cip.entity
            and monthly.month_number = cip.month_number
),

translated as (
    select
        moved.entity,
        moved.month_key,
        moved.component_id,
        moved.balance,
        case when moved.balance = 'accumulated' then -moved.reporting_amount else moved.reporting_amount end as amount
    from {{ ref('int_assets__moved') }} as moved
    inner join assets on moved.component_id = assets.component_id and moved.entity = assets.entity
    where moved.movement_type = 'fx'
),

posted as (
    select
        entry_type,
        entity,
        month_key,
        'cip' as account_key,
        cost_center,
        component_id,
        memo,
        amount
    from capitalised
    union all
    select
        entry_type,
        entity,
        month_key,
        contra_key as account_key,
        cost_center,
        component_id,
        memo,
        -amount as amount
    from capitalised
    {%- for entry_type, account_key, amount, condition, memo in [
        ('J5', "'gross'", 'transfer_amount', 'true', 'Place in service'),
        ('J5', "'cip'", '-transfer_amount', 'true', 'Place in service'),
        ('J6', amortization_account_key('scope'), 'amortization_amount', 'true', 'Amortise'),
        ('J6', "'accumulated'", '-amortization_amount', 'true', 'Amortise'),
        ('J7', "'impairment'", 'cleared_amount', "cleared_by in ('abandonment', 'disposal')", 'Abandon work in progress'),
        ('J7', "'cip'", '-cleared_amount', "cleared_by in ('abandonment', 'disposal')", 'Abandon work in progress'),
        ('J8', "'impairment'", 'cip_impairment_amount', 'true', 'Impair work in progress'),
        ('J8', "'cip'", '-cip_impairment_amount', 'true', 'Impair work in progress'),
        ('J8', "'impairment'", 'cleared_amount', "cleared_by = 'impairment'", 'Impair work in progress'),
        ('J8', "'cip'", '-cleared_amount', "cleared_by = 'impairment'", 'Impair work in progress'),
        ('J8', "'impairment'", 'impairment_amount', 'true', 'Impair asset in service'),
        ('J8', "'accumulated'", '-impairment_amount', 'true', 'Impair asset in service'),
        ('J10', "'cip'", 'cip_true_up_amount', 'true', 'True up cost of closed months'),
        ('J10', "'labour_contra'", '-cip_true_up_amount', 'true', 'True up cost of closed months'),
        ('J10', amortization_account_key('scope'), 'true_up_amount', 'true', 'True up amortisation'),
        ('J10', "'accumulated'", '-true_up_amount', 'true', 'True up amortisation'),
        ('J11', "'cip'", 'cip_transition_amount', 'true', 'Adopt ASU 2025-06'),
        ('J11', "'retained_earnings'", '-cip_transition_amount', 'true', 'Adopt ASU 2025-06'),
        ('J11', "'accumulated'", '-transition_amount', 'true', 'Adopt ASU 2025-06'),
        ('J11', "'retained_earnings'", 'transition_amount', 'true', 'Adopt ASU 2025-06'),
        ('J9', "'accumulated'", 'accumulated_removed_amount', 'true', 'Retire asset'),
        ('J9', "'gross'", '-gross_removed_amount', 'true', 'Retire asset'),
        ('J9', "'disposal_clearing'", 'proceeds_amount', 'end_type is not null', 'Retire asset'),
        (
            'J9', "'impairment'", '(gross_removed_amount - accumulated_removed_amount - proceeds_amount)',
            'end_type is not null', 'Retire asset'
        ),
    ] %}
        union all
        select
            '{{ entry_type }}' as entry_type,
            entity,
            month_key,
            {{ account_key }} as account_key,
            'NONE' as cost_center,
            component_id,
            '{{ memo }}' as memo,
            {{ amount }} as amount
        from used
        where {{ condition }}
    {%- endfor %}
    {%- for account_key, amount in [('balance', 'amount'), ("'fx'", '-amount')] %}
        union all
        select
            'J12' as entry_type,
            entity,
            month_key,
            {{ account_key }} as account_key,
            'NONE' as cost_center,
            component_id,
            'Translate' as memo,
            {{ amount }} as amount
        from translated
    {%- endfor %}
),

final as (
    select
        case
            when not coalesce(components.scope = 'cca', false) then posted.entry_type
            when posted.entry_type in ('J1', 'J1b', 'J2', 'J3', 'J4', 'J-other') then 'J13'
            when posted.entry_type in ('J5', 'J6') then 'J13b'
            else posted.entry_type
        end as entry_type,
        posted.entry_type as support_type,
        posted.entity,
        posted.month_key,
        case
            when not coalesce(components.scope = 'cca', false) then posted.account_key
            when posted.account_key in ('cip', 'gross', 'accumulated') then 'prepaid_cca'
            else posted.account_key
        end as account_key,
        posted.cost_center,
        posted.component_id,
        case
            when coalesce(components.scope = 'cca', false) and posted.entry_type = 'J6' then 'Expense implementation'
            else posted.memo
        end as memo,
        posted.amount
    from posted
    left join {{ source('company', 'components') }} as components on posted.component_id = components.component_id
)

select * from final
