-- The mapping rules in words, as sheets and explanations print them.
with final as (
    select
        rule_order,
        level,
        value_stream_id,
        coalesce(component_id, 'NONE') as component_id,
        match_kind
        || case when match_field is null then '' else ' ' || match_field end
        || coalesce(' ' || match_value, '')
        || coalesce(' path ' || path, '')
        || coalesce(' from ' || cast(valid_from as varchar), '')
        || coalesce(' to ' || cast(valid_to as varchar), '') as rule_text
    from {{ source('company', 'stream_rules') }}
)

select * from final
