-- All rows that say something about two profiles, as delivered.
with asked as (
    select row_profile.record_id
    from identity.row_profile as row_profile
    where row_profile.profile_no in ($profile_a, $profile_b)
)

select
    record.record_id,
    record.source,
    record.source_file,
    record.sheet,
    record.source_row,
    record.registry,
    record.name,
    record.former_name,
    record.sex,
    record.born_on,
    record.id_number,
    record.id_type,
    record.student_no,
    record.exam_no,
    record.phone,
    record.guardian_name,
    record.guardian_phone,
    record.guardian_id,
    record.address,
    record.account_no,
    record.school_code,
    record.origin_school,
    record.hukou_code
from core.person_record as record
semi join asked on record.record_id = asked.record_id
