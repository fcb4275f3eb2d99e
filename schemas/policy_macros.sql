-- Which setting answers for a key, a registry, a place and a day. Scalar macros over one correlated
-- subquery each: DuckDB turns it into a join with the distinct combinations that the outer query asks
-- for, so that 300,000 enrolments cost some tens of milliseconds, in select, where and join alike.
-- The arguments are not named as the table's columns are, or the binder takes them for those columns.
-- Ranking as schemas.policy_setting.Setting.rank; a test holds the two together.
create or replace macro policy_number(asked_key, asked_registry, asked_place, asked_day) as (
    select
        arg_max(
            setting.number,
            (
                setting.specificity,
                setting.registry is not null,
                setting.valid_from,
                length(setting.place),
                setting.pack
            )
        )
    from core.policy_setting as setting
    where
        setting.key = asked_key
        and (setting.registry is null or setting.registry = asked_registry)
        and starts_with(coalesce(asked_place, ''), setting.place)
        and asked_day between setting.valid_from and coalesce(setting.valid_to, date '9999-12-31')
);

create or replace macro policy_text(asked_key, asked_registry, asked_place, asked_day) as (
    select
        arg_max(
            setting.text,
            (
                setting.specificity,
                setting.registry is not null,
                setting.valid_from,
                length(setting.place),
                setting.pack
            )
        )
    from core.policy_setting as setting
    where
        setting.key = asked_key
        and (setting.registry is null or setting.registry = asked_registry)
        and starts_with(coalesce(asked_place, ''), setting.place)
        and asked_day between setting.valid_from and coalesce(setting.valid_to, date '9999-12-31')
);

create or replace macro policy_date(asked_key, asked_registry, asked_place, asked_day) as (
    select
        arg_max(
            setting.day,
            (
                setting.specificity,
                setting.registry is not null,
                setting.valid_from,
                length(setting.place),
                setting.pack
            )
        )
    from core.policy_setting as setting
    where
        setting.key = asked_key
        and (setting.registry is null or setting.registry = asked_registry)
        and starts_with(coalesce(asked_place, ''), setting.place)
        and asked_day between setting.valid_from and coalesce(setting.valid_to, date '9999-12-31')
);

-- the clause that answered, as pack:clause, for the case file
create or replace macro policy_clause(asked_key, asked_registry, asked_place, asked_day) as (
    select
        arg_max(
            setting.pack || ':' || setting.clause,
            (
                setting.specificity,
                setting.registry is not null,
                setting.valid_from,
                length(setting.place),
                setting.pack
            )
        )
    from core.policy_setting as setting
    where
        setting.key = asked_key
        and (setting.registry is null or setting.registry = asked_registry)
        and starts_with(coalesce(asked_place, ''), setting.place)
        and asked_day between setting.valid_from and coalesce(setting.valid_to, date '9999-12-31')
);

create or replace macro policy_pack(asked_key, asked_registry, asked_place, asked_day) as
split_part(policy_clause(asked_key, asked_registry, asked_place, asked_day), ':', 1);

create or replace macro policy_list(asked_key, asked_registry, asked_place, asked_day) as
string_split(policy_text(asked_key, asked_registry, asked_place, asked_day), ';');

-- the first day of the form MM-DD on or after a day: the deadline that an entry on that day runs into
create or replace macro next_month_day(month_day, asked_day) as
try_cast(
    (year(asked_day) + if(month_day < strftime(asked_day, '%m-%d'), 1, 0)) || '-' || month_day as date
);

create or replace macro policy_month_day(asked_key, asked_registry, asked_place, asked_day) as
next_month_day(policy_text(asked_key, asked_registry, asked_place, asked_day), asked_day);
