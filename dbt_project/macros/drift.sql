{# An amount scaled by numerator ÷ denominator, rounded half away from zero to the cent, in integers throughout. #}
{% macro scaled_amount(amount, numerator, denominator) -%}
    {{ from_minor(
        'sign(' ~ amount ~ ') * sign(' ~ numerator ~ ') * sign(' ~ denominator ~ ') * ' ~ integer_divide(
            '2 * cast(abs(' ~ to_minor(amount, 2) ~ ') as ' ~ big_integer() ~ ') * abs(' ~ to_minor(numerator, 2)
            ~ ') + abs(' ~ to_minor(denominator, 2) ~ ')',
            '2 * abs(' ~ to_minor(denominator, 2) ~ ')'
        ),
        2
    ) }}
{%- endmacro %}

{# The class of a correction by its cause (ruling 17). #}
{% macro correction_class(cause, framework, difference, measure) -%}
    case
        when {{ cause }} in ('late_pay', 'rate', 'life') then 'estimate'
        when {{ framework }} = 'IFRS_IAS38' and {{ measure }} = 'capitalised_cost' and {{ difference }} > 0
            then 'blocked_ias38_71'
        when {{ cause }} in ('rule', 'election') then 'policy_change'
        else 'error'
    end
{%- endmacro %}
