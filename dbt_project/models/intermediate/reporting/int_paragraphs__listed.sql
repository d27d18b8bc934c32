-- The paragraphs of the policies that apply in the run month.
with final as (
    select
        paragraphs.policy_id,
        paragraphs.title,
        paragraphs.text,
        cast(paragraphs.paragraph_order as integer) as paragraph_order
    from {{ source('company', 'policy_paragraphs') }} as paragraphs
    inner join {{ ref('int_policies__described') }} as policies
        on paragraphs.policy_id = policies.policy_id
)

select * from final
