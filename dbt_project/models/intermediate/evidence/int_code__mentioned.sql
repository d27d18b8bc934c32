-- Items that an artefact of code names itself: only keys that exist; a bare number only inside its own project.
with as_of as (
    select coalesce(as_of_at, cast('9999-12-31' as timestamp)) as known_at
    from {{ source('company', 'settings') }}
),

items as (
    select
        items.work_item_key,
        upper(split_part(items.work_item_key, ':', -1)) as link_key,
        items.fields
    from {{ ref('inp_work_items') }} as items
    cross join as_of
    where items.created_at <= as_of.known_at
),

-- An item that moved to another project is meant by the keys it had, where no other item has one now.
moved_items as (
    select
        work_item_key,
        {{ json_option('fields', "'former_keys'") }} as former_keys
    from items
    where fields like '%"former_keys"%'
),

listed_moves as (
    select * from moved_items
    where {{ is_json_list('former_keys') }}
),

former_keys as (
    {{ exploded_list('listed_moves', ['work_item_key'], 'former_keys', 'former_key') }}
),

former_link_keys as (
    select
        former_keys.work_item_key,
        upper(former_keys.former_key) as link_key
    from former_keys
    left join items
        on upper(former_keys.former_key) = items.link_key
    where items.work_item_key is null
),

link_keys as (
    select
        work_item_key,
        link_key
    from items
    union distinct
    select
        work_item_key,
        link_key
    from former_link_keys
    union distinct
    select
        work_item_key,
        split_part(link_key, '/', -1)
    from items
    where link_key like '%/%#%'
    union distinct
    select
        work_item_key,
        upper(work_item_key)
    from items
    where work_item_key like '%:%'
),

texts as (
    select
        'pull' as artefact_kind,
        pulls.repository || '#' || cast(pulls.number as varchar) as artefact_id,
        pulls.repository,
        concat_ws(' ', pulls.title, pulls.head_ref, pulls.body) as words
    from {{ ref('inp_pull_requests') }} as pulls
    cross join as_of
    where pulls.work_item_keys = '[]' and pulls.created_at <= as_of.known_at
    union all
    select
        'commit',
        commits.sha,
        commits.repository,
        commits.message
    from {{ ref('inp_commits') }} as commits
    cross join as_of
    where commits.message is not null and commits.authored_at <= as_of.known_at
),

-- The letters behind a number belong to the token, so that CHK-1 is not found in CHK-1a.
tracker_words as (
    {{ exploded_matches(
        'texts', ['artefact_kind', 'artefact_id'], 'words', '[A-Za-z][A-Za-z0-9]*-[0-9]+[A-Za-z0-9]*', 'token'
    ) }}
),

-- Keys of projects whose name has an underscore; as words they hold the shorter key too, which then is not meant.
underscored_texts as (
    select * from texts
    where words like '%!_%' escape '!'
),

underscored_words as (
    {{ exploded_matches(
        'underscored_texts', ['artefact_kind', 'artefact_id'], 'words',
        '[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]*-[0-9]+[A-Za-z0-9]*', 'token'
    ) }}
),

underscored_items as (
    select distinct
        words.artefact_kind,
        words.artefact_id,
        upper(words.token) as token,
        upper(split_part(words.token, '_', -1)) as shorter_token
    from underscored_words as words
    inner join link_keys
        on upper(words.token) = link_keys.link_key
),

numbered_texts as (
    select * from texts
    where words like '%#%'
),

number_words as (
    {{ exploded_matches(
        'numbered_texts', ['artefact_kind', 'artefact_id', 'repository'], 'words', '[A-Za-z0-9_./&-]*#[0-9]+', 'token'
    ) }}
),

linked_texts as (
    select * from texts
    where words like '%/issues/%'
),

address_words as (
    {{ exploded_matches(
        'linked_texts', ['artefact_kind', 'artefact_id'], 'words',
        '[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/(?:-/)?issues/[0-9]+', 'token'
    ) }}
),

listed as (
    select
        'pull' as artefact_kind,
        pulls.repository || '#' || cast(pulls.number as varchar) as artefact_id,
        pulls.work_item_keys
    from {{ ref('inp_pull_requests') }} as pulls
    cross join as_of
    where pulls.work_item_keys <> '[]' and pulls.created_at <= as_of.known_at
),

listed_words as (
    {{ exploded_list('listed', ['artefact_kind', 'artefact_id'], 'work_item_keys', 'token') }}
),

tokens as (
    select
        words.artefact_kind,
        words.artefact_id,
        upper(words.token) as token
    from tracker_words as words
    left join underscored_items as longer
        on
            words.artefact_kind = longer.artefact_kind
            and words.artefact_id = longer.artefact_id
            and upper(words.token) = longer.shorter_token
    where longer.token is null
    union all
    select
        artefact_kind,
        artefact_id,
        token
    from underscored_items
    union all
    select
        artefact_kind,
        artefact_id,
        upper(case when token like '#%' then repository || token else token end)
    from number_words
    union all
    select
        artefact_kind,
        artefact_id,
        upper(replace(replace(token, '/-/', '/'), '/issues/', '#'))
    from address_words
    union all
    select
        artefact_kind,
        artefact_id,
        upper(token)
    from listed_words
),

final as (
    select distinct
        tokens.artefact_kind,
        tokens.artefact_id,
        link_keys.work_item_key
    from tokens
    inner join link_keys
        on tokens.token = link_keys.link_key
)

select * from final
