{# Level first, then the order of the file: one number to take the least of. #}
{% macro rule_rank(level_number, rule_order) -%}cast({{ level_number }} * 1000000 + {{ rule_order }} as integer){%- endmacro %}

{# The rule's place in the file, of a rank. #}
{% macro ranked_rule_order(rank) -%}({{ rank }} % 1000000){%- endmacro %}

{#-
  The least rank that holds on each day, as stretches of days: where rules overlap, the first one places.

  Arguments:
    relation: rows of key, rule_rank, from_date, to_date; they may overlap
    key:      the column that names what is placed

  Returns key, from_date, to_date, rule_rank; days without a rule are absent.
-#}
{% macro least_ranked_stretches(relation, key) -%}
select
    stretches.{{ key }},
    stretches.from_date,
    stretches.to_date,
    min(ranks.rule_rank) as rule_rank
from (
    select
        {{ key }},
        from_date,
        coalesce(
            {{ plus_days('lead(from_date) over (partition by ' ~ key ~ ' order by from_date)', -1) }},
            cast('9999-12-30' as date)
        ) as to_date
    from (
        select
            {{ key }},
            from_date
        from {{ relation }}
        union distinct
        select
            {{ key }},
            {{ plus_days('to_date', 1) }}
        from {{ relation }}
    ) as starts
) as stretches
inner join {{ relation }} as ranks
    on stretches.{{ key }} = ranks.{{ key }} and stretches.from_date between ranks.from_date and ranks.to_date
group by stretches.{{ key }}, stretches.from_date, stretches.to_date
{%- endmacro %}
