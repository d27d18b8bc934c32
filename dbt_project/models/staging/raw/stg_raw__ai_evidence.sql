-- Pull requests that build on each other carry the same commits, with the same marks.
with delivered as (
    select
        source,
        repository,
        sha,
        number,
        rule_id,
        evidence_class,
        tool,
        model,
        confidence,
        lines,
        record_source,
        record_type,
        record_key,
        row_number() over (
            partition by source, repository, sha, number, rule_id
            order by record_key asc
        ) as claim_rank
    from {{ source('raw', 'ai_evidence') }}
),

final as (
    select
        source,
        repository,
        sha,
        number,
        rule_id,
        evidence_class,
        tool,
        model,
        confidence,
        lines,
        record_source,
        record_type,
        record_key
    from delivered
    where claim_rank = 1
)

select * from final
