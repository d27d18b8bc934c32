{%- set columns = [
    'source', 'repository', 'sha', 'author', 'authored_at', 'committer', 'committed_at', 'message',
    'parents', 'additions', 'deletions', 'files', 'author_name', 'committer_name', 'record_source',
    'record_type', 'record_key',
] -%}
-- Pull requests that build on each other carry the same commits.
with final as (
    {{ first_claim(
        source('raw', 'commits'), columns, key='source, repository, sha', order='record_key asc'
    ) }}
)

select * from final
