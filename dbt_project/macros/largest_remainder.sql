{#-
  Split an integer over rows by weight, so that the parts sum to it exactly.

  Floor division on big integers, the leftover units to the largest remainders, ties by the key
  columns ascending in binary order; a negative amount is split by its absolute value with the
  sign put back. Never through floating point. A group whose weights sum to zero gets null:
  the caller says beforehand what such a group means.

  Arguments:
    relation:     a CTE or relation
    columns:      the columns to keep
    amount:       integer column, the same in every row of a group (minor units, minutes)
    weight:       integer column, not negative
    partition_by: columns that name a group
    order_by:     columns that order ties, unique inside a group
    allocated:    name of the new integer column
    total:        column that already holds the sum of the group's weights; else it is summed here
    integer:      type to multiply in; a smaller one where amount × weight is known to fit is faster

  Use:
    split as (
        {{ largest_remainder('lines', columns=['line_id', 'item'], amount='amount_minor', weight='minutes',
                             partition_by=['line_id'], order_by=['item'], allocated='part_minor') }}
    )
-#}
{% macro largest_remainder(relation, columns, amount, weight, partition_by, order_by, allocated, total=none, integer=none) -%}
{%- set groups = partition_by | join(', ') -%}
{%- set integer = integer or big_integer() -%}
{%- set weight_total = total or ('sum(' ~ weight ~ ') over (partition by ' ~ groups ~ ')') -%}
select
    {{ columns | join(', ') }},
    case
        when lr_weight_total > 0 then cast(
            lr_sign * (lr_floor + case when lr_rank <= lr_leftover then 1 else 0 end) as bigint
        )
    end as {{ allocated }}
from (
    select
        *,
        lr_amount - sum(lr_floor) over (partition by {{ groups }}) as lr_leftover,
        row_number() over (
            partition by {{ groups }}
            order by lr_amount * lr_weight - lr_floor * lr_weight_total desc, {{ order_by | join(', ') }}
        ) as lr_rank
    from (
        select
            *,
            {{ integer_divide('lr_amount * lr_weight', 'lr_weight_total') }} as lr_floor
        from (
            select
                *,
                case when {{ amount }} < 0 then -1 else 1 end as lr_sign,
                cast(abs({{ amount }}) as {{ integer }}) as lr_amount,
                cast({{ weight }} as {{ integer }}) as lr_weight,
                cast({{ weight_total }} as {{ integer }}) as lr_weight_total
            from {{ relation }}
        ) as lr_weighted
    ) as lr_floored
) as lr_ranked
{%- endmacro %}
