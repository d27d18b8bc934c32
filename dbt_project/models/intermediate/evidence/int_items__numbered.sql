-- A number for every item that may carry minutes, in the order of the keys: ties go to the lowest.
with keys as (
    select work_item_key
    from {{ ref('inp_work_items') }}
    union distinct
    select work_item_key
    from {{ ref('int_evidence__acted') }}
    where work_item_key is not null
    union distinct
    select 'REPO:' || repository
    from {{ ref('int_evidence__acted') }}
    where repository is not null
    union distinct
    select work_item_key
    from {{ ref('int_effort__declared') }}
    union distinct
    select 'LEAVE'
    union distinct
    select 'UNATTRIBUTED'
),

final as (
    select
        work_item_key,
        cast(row_number() over (order by work_item_key) as integer) as item_number
    from keys
)

select * from final
