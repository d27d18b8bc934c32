with final as (
    select
        source,
        repository,
        number,
        review_id,
        reviewer,
        state,
        submitted_at,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'reviews') }}
)

select * from final
