-- The life that a true-up gave an asset: of today in the open month, as frozen in closed ones.
with final as (
    select
        placed.component_id,
        placed.entity,
        placed.month_number,
        coalesce(frozen.life_months, assets.revised_life_months) as life_months,
        cast(
            row_number() over (
                partition by placed.component_id, placed.entity order by placed.month_number desc
            ) as integer
        ) as recency
    from {{ ref('int_true_ups__placed') }} as placed
    inner join {{ ref('int_assets__listed') }} as assets
        on placed.component_id = assets.component_id and placed.entity = assets.entity
    left join {{ source('closed', 'fct_assets') }} as frozen
        on
            placed.component_id = frozen.component_id
            and placed.entity = frozen.entity
            and placed.month_key = frozen.month_key
    where placed.is_life_changed
)

select * from final
