-- On the first night every row is new.
create or replace temp macro new_record() as table
    select *  -- noqa: AM04
    from printed_record();

create or replace temp macro row_of_changed_fact() as table
    select
        row_fact.record_id,
        row_fact.fact_key
    from identity.row_fact as row_fact;
