"""What the ledger of a large company costs, from the neutral tables to `fct_cost_allocations`."""
