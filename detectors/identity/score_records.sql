with numbered as (
    select
        given.record_id,
        given.sex,
        given.born_on,
        given.registry,
        given.name,
        given.former_name,
        given.id_number,
        given.id_type,
        given.student_no,
        given.exam_no,
        given.phone,
        given.guardian_name,
        given.guardian_phone,
        given.guardian_id,
        given.address,
        given.account_no,
        given.school_code,
        given.origin_school,
        given.hukou_code,
        row_number() over () as source_row
    from read_rows as given
)

select
    $side as source,
    $file as source_file,
    '' as sheet,
    numbered.source_row,
    numbered.registry,
    numbered.name,
    numbered.former_name,
    numbered.id_number,
    numbered.id_type,
    numbered.student_no,
    numbered.exam_no,
    numbered.phone,
    numbered.guardian_name,
    numbered.guardian_phone,
    numbered.guardian_id,
    numbered.address,
    numbered.account_no,
    numbered.school_code,
    numbered.origin_school,
    numbered.hukou_code,
    $side || ':' || coalesce(numbered.record_id, numbered.source_row::varchar) as record_id,
    case
        when numbered.sex in ('male', '男', '1', 'M') then 'male'
        when numbered.sex in ('female', '女', '2', 'F') then 'female'
        else 'unknown'
    end as sex,
    coalesce(try_cast(numbered.born_on as date), try_strptime(numbered.born_on, '%Y%m%d')::date) as born_on
from numbered
