{%- set applied = ref('int_policies__applied') -%}

with run_month as (
    select max(case when is_run_month then month_key end) as month_key from {{ source('company', 'months') }}
),

final as (
    {{ fault_check(
        'POL-ASSIGNED', 'policy', 'Every entity has a policy in every month',
        faults="select month_key, 'entity ' || entity as subject from " ~ applied ~ " where policy_id = 'NONE'",
        remedy='add the entity under policies of capstream.yaml; until then everything is expensed'
    ) }}
    union all
    {{ fault_check(
        'POL-APPROVED', 'policy', 'The policy of every entity is approved',
        faults="select month_key, 'policy ' || policy_id || ' of ' || entity || ' is ' || status as subject from "
            ~ applied ~ " where is_book and status <> 'approved'",
        remedy='have it approved in its file; closing and journal files need it',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'POL-IN-FORCE', 'policy', 'The policy of every entity is in force in the whole month',
        faults="select applied.month_key, 'policy ' || applied.policy_id || ' of ' || applied.entity as subject from "
            ~ applied ~ " as applied inner join " ~ source('company', 'policies')
            ~ " as policies on applied.policy_id = policies.policy_id where policies.effective_from > applied.first_date"
            ~ " or policies.effective_to < applied.last_date",
        remedy='on days outside effective_from and effective_to everything is expensed; assign another policy',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'POL-GATE-LATE', 'policy', 'Gates are recorded within the days that the policy allows',
        faults="select distinct applied.month_key, 'gate ' || gates.gate || ' of ' || gates.component_id as subject from "
            ~ ref('int_gates__counted') ~ " as gates inner join " ~ applied
            ~ " as applied on gates.effective_date between applied.first_date and applied.last_date inner join "
            ~ source('company', 'policies') ~ " as policies on applied.policy_id = policies.policy_id where "
            ~ dbt.datediff('gates.effective_date', 'gates.recorded_at', 'day') ~ " > policies.late_gate_days",
        remedy='it was recorded late; keep the evidence of its date with the closing papers',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'POL-GATE-EVIDENCE', 'policy', 'Gates name their evidence',
        faults="select distinct applied.month_key, 'gate ' || gates.gate || ' of ' || gates.component_id as subject from "
            ~ ref('int_gates__counted') ~ " as gates inner join " ~ applied
            ~ " as applied on gates.effective_date between applied.first_date and applied.last_date"
            ~ " where coalesce(gates.evidence_url, '') = ''",
        remedy='add evidence_url to the gate',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'POL-OVERRIDE-SIGNED', 'policy', 'Overrides are signed by two different people',
        faults="select coalesce(overrides.month, run_month.month_key) as month_key, 'override ' || overrides.override_id as subject from "
            ~ source('company', 'overrides') ~ " as overrides cross join run_month"
            ~ " where lower(trim(overrides.requested_by)) = lower(trim(overrides.approved_by))",
        remedy='it is ignored until another person approves it',
        severity='WARN'
    ) }}
    union all
    {{ fault_check(
        'POL-EVENT-APPROVED', 'policy', 'Asset events are approved',
        faults="select " ~ month_key('effective_date') ~ " as month_key, event || ' ' || event_id as subject from "
            ~ source('company', 'asset_events') ~ " where coalesce(approved_by, '') = ''",
        remedy='have the event approved: it is booked all the same',
        severity='WARN'
    ) }}
)

select * from final
