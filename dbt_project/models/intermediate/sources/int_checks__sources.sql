with run as (
    select run_month as month_key from {{ source('company', 'settings') }}
),

delivered as (
    select
        'SRC-COUNT:' || source || ':' || record_type as check_id,
        'every record of type ' || record_type || ' from ' || source
        || ' was taken, replaced by a newer version, or rejected' as description,
        delivered_count as left_value,
        accepted_count + superseded_count + rejected_count as right_value,
        'BLOCK' as severity,
        'load the source again with capstream ingest --full --source ' || source as detail
    from {{ source('ops', 'source_loads') }}
),

carried as (
    select
        'SRC-ROWS:' || loaded.source || ':' || loaded.table_name as check_id,
        'every row of ' || loaded.table_name || ' loaded from ' || loaded.source
        || ' stands in the input layer' as description,
        loaded.row_count as left_value,
        coalesce(counted.row_count, 0) as right_value,
        'BLOCK' as severity,
        'two records claim the same key: compare the source with inp_' || loaded.table_name as detail
    from {{ source('ops', 'source_rows') }} as loaded
    left join {{ ref('int_source_rows__counted') }} as counted
        on loaded.source = counted.record_source and loaded.table_name = counted.table_name
    -- Pull requests that build on each other carry the same commits, which then stand once.
    where
        loaded.table_name != 'actors' and loaded.table_name not like 'ai_%'
        and not (loaded.kind in ('github', 'gitlab', 'azure_devops') and loaded.table_name = 'commits')
),

rejected as (
    select
        'SRC-REJECTED:' || source as check_id,
        'no record of ' || source || ' is quarantined' as description,
        count(*) as left_value,
        0 as right_value,
        'WARN' as severity,
        'see sheet Exceptions; the first is ' || min(origin || ': ' || reason) as detail
    from {{ source('ops', 'rejected_records') }}
    group by source
),

missing as (
    select
        'SRC-MISSING:' || source as check_id,
        'every record that ' || source || ' ever delivered is still in its extract' as description,
        sum(missing_count) as left_value,
        0 as right_value,
        'WARN' as severity,
        'records were deleted or moved in the source; they are kept and marked' as detail
    from {{ source('ops', 'source_loads') }}
    group by source
),

unanswered as (
    select
        'SRC-LOADED:' || known.source as check_id,
        'the last load of ' || known.source || ' reached its end' as description,
        count(failed.source) as left_value,
        0 as right_value,
        'BLOCK' as severity,
        coalesce(min(failed.message), 'the last good load stands') as detail
    from (
        select source from {{ source('ops', 'source_loads') }}
        union distinct
        select source from {{ source('ops', 'source_failures') }}
    ) as known
    left join {{ source('ops', 'source_failures') }} as failed on known.source = failed.source
    group by known.source
),

cut_off as (
    select
        'SRC-CUT:' || source || ':' || notice_code as check_id,
        'no record of ' || source || ' was cut off by the export (' || notice_code || ')' as description,
        sum(volume) as left_value,
        0 as right_value,
        'WARN' as severity,
        'the first is ' || min(origin || ': ' || message) as detail
    from {{ source('ops', 'source_notices') }}
    group by source, notice_code
),

checks as (
    select * from delivered
    union all
    select * from carried
    union all
    select * from rejected
    union all
    select * from missing
    union all
    select * from unanswered
    union all
    select * from cut_off
),

final as (
    select
        checks.check_id,
        run.month_key,
        'sources' as area,
        checks.description,
        cast(checks.left_value as decimal(38, 2)) as left_value,
        cast(checks.right_value as decimal(38, 2)) as right_value,
        cast(0 as decimal(18, 2)) as tolerance,
        checks.severity,
        checks.detail
    from checks
    cross join run
)

select * from final
