{# One row per match of a regular expression in a text, beside the columns kept. #}
{% macro exploded_matches(relation, columns, text, pattern, element) -%}
    {{ return(adapter.dispatch('exploded_matches')(relation, columns, text, pattern, element)) }}
{%- endmacro %}

{% macro default__exploded_matches(relation, columns, text, pattern, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
lateral view explode(regexp_extract_all({{ text }}, '{{ pattern }}', 0)) exploded as {{ element }}
{%- endmacro %}

{% macro postgres__exploded_matches(relation, columns, text, pattern, element) -%}
select {{ columns | join(', ') }}, matched[1] as {{ element }}
from {{ relation }}
cross join lateral regexp_matches({{ text }}, '({{ pattern }})', 'g') as matched
{%- endmacro %}

{% macro duckdb__exploded_matches(relation, columns, text, pattern, element) -%}
select {{ columns | join(', ') }}, unnest(regexp_extract_all({{ text }}, '{{ pattern }}')) as {{ element }}
from {{ relation }}
{%- endmacro %}

{# A JSON text as PostgreSQL's own type, which holds no null character. #}
{% macro json_document(document) -%}
    cast(replace({{ document }}, '\u0000', '') as jsonb)
{%- endmacro %}

{# A field of a JSON object as text: a scalar as it is, an option by its value or name; null where absent. #}
{% macro json_option(document, field) -%}{{ return(adapter.dispatch('json_option')(document, field)) }}{%- endmacro %}
{% macro default__json_option(document, field) -%}
    coalesce(
        get_json_object({{ document }}, concat('$[''', {{ field }}, '''].value')),
        get_json_object({{ document }}, concat('$[''', {{ field }}, '''].name')),
        get_json_object({{ document }}, concat('$[''', {{ field }}, ''']'))
    )
{%- endmacro %}
{% macro postgres__json_option(document, field) -%}
    coalesce(
        {{ json_document(document) }} -> {{ field }} ->> 'value',
        {{ json_document(document) }} -> {{ field }} ->> 'name',
        {{ json_document(document) }} ->> {{ field }}
    )
{%- endmacro %}
{% macro duckdb__json_option(document, field) -%}
    coalesce(
        json_extract_string({{ document }}, '$."' || {{ field }} || '".value'),
        json_extract_string({{ document }}, '$."' || {{ field }} || '".name'),
        json_extract_string({{ document }}, '$."' || {{ field }} || '"')
    )
{%- endmacro %}

{# A text is a JSON list: `[WIP] checkout` begins like one and is prose. #}
{% macro is_json_list(text) -%}{{ return(adapter.dispatch('is_json_list')(text)) }}{%- endmacro %}
{% macro default__is_json_list(text) -%}
    coalesce(schema_of_variant(try_parse_json({{ text }})) like 'ARRAY<%', false)
{%- endmacro %}
{% macro postgres__is_json_list(text) -%}
    {%- set word = '"([^"\\\\[:cntrl:]]|\\\\["/\\\\bfnrt]|\\\\u[0-9a-fA-F]{4})*"' -%}
    {%- set element = '\\s*(' ~ word ~ '|-?[0-9]+|true|false|null)\\s*' -%}
    coalesce({{ text }} ~ '^\s*\[(\s*|{{ element }}(,{{ element }})*)\]\s*$', false)
{%- endmacro %}
{% macro duckdb__is_json_list(text) -%}
    case when json_valid({{ text }}) then json_type({{ text }}) = 'ARRAY' else false end
{%- endmacro %}

{# How many elements a JSON text list has. #}
{% macro json_list_length(list_column) -%}{{ return(adapter.dispatch('json_list_length')(list_column)) }}{%- endmacro %}
{% macro default__json_list_length(list_column) -%}json_array_length({{ list_column }}){%- endmacro %}
{% macro postgres__json_list_length(list_column) -%}
    jsonb_array_length({{ json_document(list_column) }})
{%- endmacro %}

{# A JSON text list (also an option list) holds this text as an element. #}
{% macro json_list_has(list_column, value) -%}{{ return(adapter.dispatch('json_list_has')(list_column, value)) }}{%- endmacro %}
{% macro default__json_list_has(list_column, value) -%}
    exists(
        from_json({{ list_column }}, 'array<string>'),
        held -> held = {{ value }}
            or get_json_object(held, '$.value') = {{ value }} or get_json_object(held, '$.name') = {{ value }}
    )
{%- endmacro %}
{% macro postgres__json_list_has(list_column, value) -%}
    exists (
        select 1 from jsonb_path_query({{ json_document(list_column) }}, '$.**') as held
        where held = to_jsonb(cast({{ value }} as text))
    )
{%- endmacro %}
{% macro duckdb__json_list_has(list_column, value) -%}
    json_contains({{ list_column }}, to_json({{ value }}))
{%- endmacro %}

{# A path lies under a glob: `*` within a folder, `**` across folders, `?` one character. #}
{% macro path_matches(path, glob) -%}{{ return(adapter.dispatch('path_matches')(path, glob)) }}{%- endmacro %}
{% macro default__path_matches(path, glob) -%}
    {{ path }} rlike concat('^(?:', {{ glob_pattern(glob) }}, ')$')
{%- endmacro %}
{% macro postgres__path_matches(path, glob) -%}
    {{ path }} ~ ('^(?:' || {{ glob_pattern(glob) }} || ')$')
{%- endmacro %}
{% macro duckdb__path_matches(path, glob) -%}
    regexp_full_match({{ path }}, {{ glob_pattern(glob) }})
{%- endmacro %}

{# The regular expression of a glob: special characters quoted first, then the wildcards opened. #}
{% macro glob_pattern(glob) -%}
    replace(replace(replace(replace({{ quoted_pattern(glob) }}, '**', chr(1)), '*', '[^/]*'), '?', '[^/]'), chr(1), '.*')
{%- endmacro %}

{# A text as a pattern that matches it alone, but for the wildcards of a glob. #}
{% macro quoted_pattern(text) -%}{{ return(adapter.dispatch('quoted_pattern')(text)) }}{%- endmacro %}
{% macro default__quoted_pattern(text) -%}
    regexp_replace({{ text }}, '([.+^$(){}|\[\]\\])', '\\$1')
{%- endmacro %}
{% macro postgres__quoted_pattern(text) -%}
    regexp_replace({{ text }}, '([.+^$(){}|\[\]\\])', '\\\1', 'g')
{%- endmacro %}
{% macro duckdb__quoted_pattern(text) -%}
    regexp_replace({{ text }}, '([.+^$(){}|\[\]\\])', '\\\1', 'g')
{%- endmacro %}

{# The form in which accounts are compared: without case and outer blanks. #}
{% macro account_key(account) -%}lower(trim({{ account }})){%- endmacro %}

{# A text holds a match of a regular expression, whose ^ and $ are ends of lines. #}
{% macro text_matches(text, pattern) -%}{{ return(adapter.dispatch('text_matches')(text, pattern)) }}{%- endmacro %}
{% macro default__text_matches(text, pattern) -%}{{ text }} rlike concat('(?m)', {{ pattern }}){%- endmacro %}
{% macro postgres__text_matches(text, pattern) -%}{{ text }} ~ ('(?n)' || {{ pattern }}){%- endmacro %}
{% macro duckdb__text_matches(text, pattern) -%}regexp_matches({{ text }}, '(?m)' || {{ pattern }}){%- endmacro %}
