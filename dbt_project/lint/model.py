"""Stand-in for the model that dbt is building while SQL is linted."""

name = "fct_linted"
columns = {"month_key": None}
