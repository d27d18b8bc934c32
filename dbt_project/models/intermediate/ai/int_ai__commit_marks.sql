-- Marks of AI tools in commits: a plain text search first, the expression only where it can match.
with texts as (
    select
        repository,
        sha,
        'message' as place,
        lower(message) as text_value
    from {{ ref('inp_commits') }}
    where message is not null
    union all
    select
        repository,
        sha,
        'account',
        {{ account_key('author') }}
    from {{ ref('inp_commits') }}
),

final as (
    select distinct
        texts.sha,
        rules.rule_id,
        rules.tool,
        rules.evidence_class
    from texts
    inner join {{ source('company', 'ai_mark_rules') }} as rules
        on texts.place = rules.place
    -- A case, because the engine may weigh two conditions in either order.
    where case
        when position(rules.needle in texts.text_value) > 0
            then {{ text_matches('texts.text_value', 'rules.pattern') }}
        else false
    end
)

select * from final
