{#-
  What Spark spells its own way. The session is set to the standard where it can be (ANSI arithmetic,
  names in double quotes, times without a zone): capstream/warehouse/engines/spark.py.
-#}

{# A model's statement as Spark reads it: three types have other names, and a backslash in a text is written twice. #}
{% macro spark_statement(statement) -%}
    {%- set spelled = namespace(sql=statement | replace('\\', '\\\\')) -%}
    {%- for standard, own in [('varchar', 'string'), ('text', 'string'), ('double precision', 'double')] -%}
        {%- set spelled.sql = modules.re.sub('(?i)\\bas ' ~ standard ~ '\\b', 'as ' ~ own, spelled.sql) -%}
    {%- endfor -%}
    {{ return(spelled.sql) }}
{%- endmacro %}

{# A table is a folder of Parquet files. #}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    create table {{ relation }} using parquet as
    {{ spark_statement(compiled_code) }}
{%- endmacro %}

{% macro spark__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as
    {{ spark_statement(sql) }}
{%- endmacro %}

{# Texts of a group joined in a fixed order; the adapter's own leaves the order out. #}
{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    listagg({{ measure }}, {{ delimiter_text }})
    {%- if order_by_clause %} within group ({{ order_by_clause }}){% endif %}
{%- endmacro %}

{# Boundaries of days or minutes between two times, whole microseconds, as other engines count them. #}
{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart == 'day' -%}
        datediff({{ second_date }}, {{ first_date }})
    {%- elif datepart == 'microsecond' -%}
        timestampdiff(microsecond, {{ first_date }}, {{ second_date }})
    {%- else -%}
        timestampdiff(
            {{ datepart }}, date_trunc('{{ datepart }}', {{ first_date }}), date_trunc('{{ datepart }}', {{ second_date }})
        )
    {%- endif -%}
{%- endmacro %}

{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    timestampadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{# The part of a text between delimiters, empty where there are fewer; the adapter's own fails there. #}
{% macro spark__split_part(string_text, delimiter_text, part_number) -%}
    split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }})
{%- endmacro %}
