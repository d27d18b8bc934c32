{#-
  The one row that holds for each key where several records claim it: the first by an order.

  Arguments:
    relation: what was delivered
    columns:  columns to keep
    key:      columns of the key, as SQL
    order:    what decides, as SQL
-#}
{% macro first_claim(relation, columns, key, order) -%}
select {{ columns | join(', ') }}
from (
    select
        {{ columns | join(', ') }},
        row_number() over (partition by {{ key }} order by {{ order }}) as claim_rank
    from {{ relation }}
) as delivered
where claim_rank = 1
{%- endmacro %}
