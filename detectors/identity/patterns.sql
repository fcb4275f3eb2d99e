-- Equal agreements weigh the same: the night has a few hundred patterns, whatever the number of pairs.
create or replace table identity.pattern as
with counted as (
    select
        agreement.number,
        agreement.name,
        agreement.birth,
        agreement.sex,
        agreement.phone,
        agreement.guardian,
        agreement.student_no,
        agreement.exam_no,
        agreement.school,
        agreement.origin,
        agreement.address,
        agreement.account,
        count(*) as pairs
    from identity.agreement as agreement
    group by all
)

select
    row_number() over (
        order by
            counted.number,
            counted.name,
            counted.birth,
            counted.sex,
            counted.phone,
            counted.guardian,
            counted.student_no,
            counted.exam_no,
            counted.school,
            counted.origin,
            counted.address,
            counted.account
    ) - 1 as pattern_no,
    counted.number,
    counted.name,
    counted.birth,
    counted.sex,
    counted.phone,
    counted.guardian,
    counted.student_no,
    counted.exam_no,
    counted.school,
    counted.origin,
    counted.address,
    counted.account,
    counted.pairs
from counted;
