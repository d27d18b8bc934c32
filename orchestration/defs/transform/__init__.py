"""The dbt project, from staging to reporting, and the checks on what it built."""
