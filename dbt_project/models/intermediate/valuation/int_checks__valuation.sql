-- What must hold of the ledger of money, one row per check and month.
with months as (
    select month_key from {{ source('company', 'months') }}
),

-- Summed once: everything below is asked of persons, lines and currencies.
costs as (
    select
        person_id,
        month_key,
        pay_component,
        cost_line_id,
        currency_code,
        work_item_key = 'NO_CAPACITY' as is_uncarried,
        sum(amount) as amount,
        sum(reporting_amount) as reporting_amount,
        count(*) as row_count,
        sum(case when amount is null or reporting_amount is null then 1 else 0 end) as unconverted_count
    from {{ ref('fct_cost_allocations') }}
    group by person_id, month_key, pay_component, cost_line_id, currency_code, work_item_key = 'NO_CAPACITY'
),

registers as (
    select
        person_id,
        month_key,
        pay_component,
        currency_code,
        sum(amount) as amount
    from {{ ref('int_pay__register_lines') }}
    group by person_id, month_key, pay_component, currency_code
),

allocated as (
    select
        person_id,
        month_key,
        pay_component,
        currency_code,
        sum(amount) as amount
    from costs
    where cost_line_id = 'NONE'
    group by person_id, month_key, pay_component, currency_code
),

pay_lines as (
    select
        coalesce(registers.month_key, allocated.month_key) as month_key,
        coalesce(registers.currency_code, allocated.currency_code) as currency_code,
        coalesce(registers.person_id, allocated.person_id) as person_id,
        coalesce(registers.amount, 0) as register_amount,
        coalesce(allocated.amount, 0) as allocated_amount
    from registers
    full outer join allocated
        on
            registers.person_id = allocated.person_id
            and registers.month_key = allocated.month_key
            and registers.pay_component = allocated.pay_component
            and registers.currency_code = allocated.currency_code
),

pay_totals as (
    select
        month_key,
        currency_code,
        sum(register_amount) as register_amount,
        sum(allocated_amount) as allocated_amount
    from pay_lines
    group by month_key, currency_code
),

pay_differences as (
    select
        month_key,
        count(*) as line_count,
        min(person_id) as first_person_id
    from pay_lines
    where register_amount <> allocated_amount
    group by month_key
),

received as (
    select
        month as month_key,
        count(distinct person_id || ' ' || pay_component) as line_count
    from {{ source('company', 'payroll') }}
    group by month
),

registered as (
    select
        month_key,
        count(distinct person_id || ' ' || pay_component) as line_count
    from registers
    where pay_component <> 'blended_rate'
    group by month_key
),

invoices as (
    select
        cost_line_id,
        min(month_key) as month_key,
        min(line_amount) as amount
    from {{ ref('int_ai__person_parts') }}
    where price_basis = 'invoiced'
    group by cost_line_id
),

invoiced as (
    select
        cost_line_id,
        sum(amount) as amount
    from costs
    where pay_component like 'ai_%'
    group by cost_line_id
),

invoice_differences as (
    select
        invoices.month_key,
        count(*) as line_count,
        min(invoices.cost_line_id) as first_line_id
    from invoices
    left join invoiced
        on invoices.cost_line_id = invoiced.cost_line_id
    where invoices.amount <> coalesce(invoiced.amount, 0) or invoices.amount is null
    group by invoices.month_key
),

received_lines as (
    select
        month as month_key,
        count(*) as line_count
    from {{ source('company', 'other_costs') }}
    group by month
    union all
    select
        month,
        count(*)
    from {{ ref('inp_ai_costs') }}
    where price_basis = 'invoiced'
    group by month
),

received_counts as (
    select
        month_key,
        sum(line_count) as line_count
    from received_lines
    group by month_key
),

valued_counts as (
    select
        month_key,
        count(distinct cost_line_id) as line_count
    from costs
    where cost_line_id <> 'NONE'
    group by month_key
),

worked_months as (
    select
        person_id,
        month_key,
        sum(capacity_minutes) as capacity_minutes
    from {{ ref('int_people__days') }}
    where is_computed
    group by person_id, month_key
),

unpaid as (
    select
        worked_months.month_key,
        worked_months.person_id,
        row_number() over (partition by worked_months.month_key order by worked_months.person_id) as person_rank
    from worked_months
    left join (select distinct
        person_id,
        month_key
    from registers) as paid
        on worked_months.person_id = paid.person_id and worked_months.month_key = paid.month_key
    where worked_months.capacity_minutes > 0 and paid.person_id is null
),

unpaid_months as (
    select
        month_key,
        count(*) as person_count,
        {{ dbt.listagg('case when person_rank <= 20 then person_id end', "', '", 'order by person_rank') }} as persons
    from unpaid
    group by month_key
),

uncarried as (
    select
        month_key,
        sum(reporting_amount) as amount,
        count(distinct person_id) as person_count,
        min(person_id) as first_person_id
    from costs
    where is_uncarried
    group by month_key
),

unconverted as (
    select
        month_key,
        sum(unconverted_count) as row_count,
        min(currency_code) as first_currency
    from costs
    where unconverted_count > 0
    group by month_key
),

currency_totals as (
    select
        costs.month_key,
        costs.currency_code,
        sum(costs.amount) as amount,
        sum(costs.reporting_amount) as reporting_amount,
        sum(costs.row_count) as row_count
    from costs
    group by costs.month_key, costs.currency_code
),

reported as (
    select
        totals.month_key,
        sum(totals.reporting_amount) as row_amount,
        sum({{ convert_money('totals.amount', 'rates.rate', 'currencies.minor_digits') }}) as total_amount,
        sum(case when totals.currency_code = settings.reporting_currency then 0 else totals.row_count end) as row_count
    from currency_totals as totals
    {{ with_reporting_rates('totals') }}
    group by totals.month_key
),

checks as (
    select
        'VAL-PAY-' || currency_code as check_id,
        month_key,
        'pay on work items = the register, ' || currency_code as description,
        allocated_amount as left_value,
        register_amount as right_value,
        0 as tolerance,
        'BLOCK' as severity,
        'rates stand in the register where there is no payroll' as detail
    from pay_totals
    union all
    select
        'VAL-PAY-LINES',
        months.month_key,
        'persons and pay components whose cost differs from the register',
        coalesce(pay_differences.line_count, 0),
        0,
        0,
        'BLOCK',
        coalesce('first person: ' || pay_differences.first_person_id, 'every line agrees')
    from months
    left join pay_differences
        on months.month_key = pay_differences.month_key
    union all
    select
        'VAL-REGISTER',
        months.month_key,
        'persons and pay components in the register = in payroll',
        coalesce(registered.line_count, 0),
        coalesce(received.line_count, 0),
        0,
        'BLOCK',
        'counts of persons and pay components'
    from months
    left join registered
        on months.month_key = registered.month_key
    left join received
        on months.month_key = received.month_key
    union all
    select
        'VAL-AI-LINES',
        months.month_key,
        'invoiced AI cost lines whose shares differ from the invoice',
        coalesce(invoice_differences.line_count, 0),
        0,
        0,
        'BLOCK',
        coalesce('first line: ' || invoice_differences.first_line_id, 'every line agrees')
    from months
    left join invoice_differences
        on months.month_key = invoice_differences.month_key
    union all
    select
        'VAL-COST-LINES',
        months.month_key,
        'cost lines in the ledger = invoiced AI lines and other costs received',
        coalesce(valued_counts.line_count, 0),
        coalesce(received_counts.line_count, 0),
        0,
        'BLOCK',
        'counts of lines'
    from months
    left join valued_counts
        on months.month_key = valued_counts.month_key
    left join received_counts
        on months.month_key = received_counts.month_key
    union all
    select
        'VAL-UNPAID',
        months.month_key,
        'persons with capacity and neither pay nor rate',
        coalesce(unpaid_months.person_count, 0),
        0,
        0,
        'BLOCK',
        coalesce('add payroll or a rate for ' || unpaid_months.persons, 'everybody has pay or a rate')
    from months
    left join unpaid_months
        on months.month_key = unpaid_months.month_key
    union all
    select
        'VAL-NO-CAPACITY',
        months.month_key,
        'pay that no minute carries, expensed',
        coalesce(uncarried.amount, 0),
        0,
        0,
        'WARN',
        coalesce(
            cast(uncarried.person_count as varchar) || ' persons, first ' || uncarried.first_person_id, 'none'
        )
    from months
    left join uncarried
        on months.month_key = uncarried.month_key
    union all
    select
        'VAL-RATES',
        months.month_key,
        'cost rows without a rate to the functional or the reporting currency',
        coalesce(unconverted.row_count, 0),
        0,
        0,
        'BLOCK',
        coalesce(
            'add average rates to fx_rates, first currency: ' || unconverted.first_currency, 'every row has its rate'
        )
    from months
    left join unconverted
        on months.month_key = unconverted.month_key
    union all
    select
        'VAL-REPORTING',
        month_key,
        'cost rows in reporting currency = totals converted once',
        row_amount,
        total_amount,
        cast(row_count as decimal(18, 2)) * cast(0.01 as decimal(3, 2)),
        'WARN',
        'rounding of ' || cast(row_count as varchar) || ' rows; the difference is a line of TieOut'
    from reported
),

final as (
    select
        check_id,
        month_key,
        'valuation' as area,
        description,
        cast(left_value as decimal(38, 2)) as left_value,
        cast(right_value as decimal(38, 2)) as right_value,
        cast(tolerance as decimal(18, 2)) as tolerance,
        severity,
        detail
    from checks
)

select * from final
