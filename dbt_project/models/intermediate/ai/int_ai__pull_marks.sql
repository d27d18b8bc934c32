-- Marks of AI tools on merged pull requests: their own, and those of the commits that they were made of.
with merged as (
    select *
    from {{ ref('inp_pull_requests') }}
    where merged_at is not null
),

texts as (
    select
        source,
        repository,
        number,
        'message' as place,
        lower(body) as text_value
    from merged
    where body is not null
    union all
    select
        source,
        repository,
        number,
        'account',
        {{ account_key('author') }}
    from merged
    union all
    select
        source,
        repository,
        number,
        'branch',
        lower(head_ref)
    from merged
    union all
    select
        source,
        repository,
        number,
        'label',
        lower(labels)
    from merged
),

own as (
    select
        texts.source,
        texts.repository,
        texts.number,
        rules.rule_id,
        rules.tool,
        rules.place,
        rules.evidence_class,
        rules.confidence
    from texts
    inner join {{ source('company', 'ai_mark_rules') }} as rules
        on texts.place = rules.place
    -- A case, because the engine may weigh two conditions in either order.
    where case
        when position(rules.needle in texts.text_value) > 0
            then {{ text_matches('texts.text_value', 'rules.pattern') }}
        else false
    end
),

lent as (
    select
        links.source,
        links.repository,
        links.number,
        marks.rule_id,
        marks.tool,
        'commit' as place,
        marks.evidence_class,
        'high' as confidence
    from {{ ref('inp_pull_request_commits') }} as links
    inner join {{ ref('int_ai__commit_marks') }} as marks
        on links.sha = marks.sha
),

final as (
    select distinct * from own
    union
    select distinct * from lent
)

select * from final
