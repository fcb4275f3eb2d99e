/*
reads: [feature.roll_record]
comment: >-
  A class of an intake at a school over all deliveries: how many students were ever listed in it, how many still are,
  how many ended or vanished and between which days the lists showed it; vanished_on where nobody of it is left on the
  list delivered again. What became of each is in feature.roll_record.
*/
select
    record.registry,
    record.current_school_code,
    record.class_name,
    record.entry_month,
    cast(count(distinct record.first_seen_on) as integer) as arrival_days,
    cast(count(*) as integer) as students,
    cast(count(*) filter (where record.on_roll_to = record.last_seen_on and record.vanished_on is null) as integer)
        as on_roll_students,
    cast(
        count(*) filter (
            where record.vanished_as is null and record.on_roll_to is distinct from record.last_seen_on
        ) as integer
    ) as ended_students,
    cast(count(*) filter (where record.vanished_on is not null) as integer) as vanished_students,
    cast(count(*) filter (where record.vanished_as = 'unexplained') as integer) as unexplained_students,
    any_value(record.region_code order by record.student_key) as region_code,
    min(record.first_seen_on) as first_seen_on,
    max(record.last_seen_on) as last_seen_on,
    case when bool_and(record.vanished_on is not null) then max(record.vanished_on) end as vanished_on
from feature.roll_record as record
where record.class_name is not null
group by record.registry, record.current_school_code, record.class_name, record.entry_month
