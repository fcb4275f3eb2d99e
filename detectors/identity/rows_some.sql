-- Which rows are new, gone or say something else than last night; what stands elsewhere counts as another row.
create or replace temp table row_read as
select
    record.record_id,
    record.print
from printed_record() as record;

create or replace temp table row_gone as
select
    known.record_id,
    known.fact_key
from identity.row_fact as known
anti join row_read as told
    on
        known.record_id = told.record_id
        and known.print = told.print;

create or replace temp table record_tonight as
with news as (
    select told.record_id
    from row_read as told
    anti join identity.row_fact as known
        on
            told.record_id = known.record_id
            and told.print = known.print
)

select record.*  -- noqa: AM04
from printed_record() as record
semi join news on record.record_id = news.record_id;

drop table row_read;

delete from identity.row_fact
where record_id in (select gone.record_id from row_gone as gone);

create or replace temp macro new_record() as table
    select *  -- noqa: AM04
    from record_tonight;

create or replace temp macro row_of_changed_fact() as table
    with changed as (
        select row_gone.fact_key
        from row_gone

        union

        select one.fact_key
        from identity.row_fact as one
        semi join record_tonight on one.record_id = record_tonight.record_id
    )

    select
        row_fact.record_id,
        row_fact.fact_key
    from identity.row_fact as row_fact
    semi join changed on row_fact.fact_key = changed.fact_key;
