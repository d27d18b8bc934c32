-- Rules with a path, by the files that a commit touched.
with final as (
    select distinct
        files.sha,
        rules.rule_order,
        rules.valid_from,
        rules.valid_to
    from {{ ref('inp_commit_files') }} as files
    inner join {{ ref('int_code__repository_rules') }} as rules
        on files.repository = rules.repository
    where rules.path is not null and {{ path_matches('files.path', 'rules.path') }}
)

select * from final
