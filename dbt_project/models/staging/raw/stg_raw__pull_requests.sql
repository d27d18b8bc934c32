with final as (
    select
        source,
        repository,
        number,
        title,
        body,
        author,
        state,
        is_draft,
        head_ref,
        head_sha,
        base_ref,
        created_at,
        ready_at,
        merged_at,
        merged_by,
        closed_at,
        merge_commit_sha,
        additions,
        deletions,
        changed_files,
        labels,
        work_item_keys,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'pull_requests') }}
)

select * from final
