{#-
  A check of two amounts per entity and month, in the entity's currency.

  Arguments:
    check_id:    stem; the entity is appended
    area, description, severity: as fct_checks shows them
    left, right: queries that give entity, month_key, amount; a missing row counts as zero
    remedy:      what to look at when the two differ
    where:       which entities and months are checked (columns of int_policies__applied as `books`)
    tolerance:   expression in the entity's currency
    may_be_missing: a missing right side means the check cannot be computed
-#}
{% macro entity_check(
    check_id, area, description, left, right, remedy, severity='BLOCK', where='true', tolerance='0',
    may_be_missing=false
) -%}
select
    '{{ check_id }}-' || books.entity as check_id,
    books.month_key,
    '{{ area }}' as area,
    '{{ description }}, ' || books.entity || ' (' || books.currency_code || ')' as description,
    cast(coalesce(left_side.amount, 0) as decimal(38, 2)) as left_value,
    cast({{ 'right_side.amount' if may_be_missing else 'coalesce(right_side.amount, 0)' }} as decimal(38, 2))
        as right_value,
    cast({{ tolerance }} as decimal(18, 2)) as tolerance,
    '{{ severity }}' as severity,
    'entity ' || books.entity || ', month ' || books.month_key || ': {{ remedy }}' as detail
from {{ ref('int_policies__applied') }} as books
cross join {{ source('company', 'settings') }} as settings
left join (
    select entity, month_key, sum(amount) as amount from ({{ left }}) as left_rows group by entity, month_key
) as left_side on books.entity = left_side.entity and books.month_key = left_side.month_key
left join (
    select entity, month_key, sum(amount) as amount from ({{ right }}) as right_rows group by entity, month_key
) as right_side on books.entity = right_side.entity and books.month_key = right_side.month_key
where {{ where }}
{%- endmacro %}

{#-
  A check that nothing is at fault: left counts the faults of the month, right is zero.

  Arguments:
    faults: query that gives month_key and subject, a text that names the thing at fault
    remedy: the next step
-#}
{% macro fault_check(check_id, area, description, faults, remedy, severity='BLOCK') -%}
select
    '{{ check_id }}' as check_id,
    months.month_key,
    '{{ area }}' as area,
    '{{ description }}' as description,
    cast(count(faults.subject) as decimal(38, 2)) as left_value,
    cast(0 as decimal(38, 2)) as right_value,
    cast(0 as decimal(18, 2)) as tolerance,
    '{{ severity }}' as severity,
    case
        when count(faults.subject) = 0 then '{{ remedy }}'
        else 'first of ' || cast(count(faults.subject) as varchar) || ': ' || min(faults.subject) || ': {{ remedy }}'
    end as detail
from {{ source('company', 'months') }} as months
left join ({{ faults }}) as faults on months.month_key = faults.month_key
group by months.month_key
{%- endmacro %}
