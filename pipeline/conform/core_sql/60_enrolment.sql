-- Enrolments with dates and standing reconciled: the earliest proven end ends the spell, whatever the registry says.
insert into core.enrolment
with graduation as (
    select
        enrolment_record_id,
        min(graduated_on) as graduated_on
    from core.certificate
    where enrolment_record_id is not null
    group by enrolment_record_id
),

dated as (
    select
        spell.*,
        standing(spell.status) as stated_standing,
        coalesce(presence.arrived_on, spell.entered_on) as started_on,
        presence.departed_on,
        presence.departed_by,
        presence.closed_on,
        graduation.graduated_on,
        least(presence.departed_on, graduation.graduated_on) as proven_end_on
    from work.spell as spell
    left join work.presence as presence on spell.record_id = presence.record_id
    left join graduation on spell.record_id = graduation.enrolment_record_id
),

ended as (
    select
        * exclude (proven_end_on),
        -- Who left before the first day was never there.
        case when proven_end_on is not null then greatest(proven_end_on, started_on) end as proven_end_on,
        case
            when stated_standing <> 'ended' then null
            when status in ('graduated', 'completed', 'partial')
                then greatest(least(expected_end_on, as_of()), started_on)
            -- Left on an unknown day: no day of it is proven.
            else started_on
        end as stated_end_on,
        case
            when departed_on is null and graduated_on is null then null
            when graduated_on < departed_on or departed_on is null then 'certificate'
            when departed_by = 'left_on' then 'left_on'
            else 'change'
        end as proof
    from dated
)

select
    ended.record_id,
    link.person_id,
    link.match_probability,
    ended.registry,
    ended.stage,
    ended.student_no,
    ended.name,
    id_normalise(ended.id_number) as id_number,
    coalesce(ended.birth_date, id_birth(id_normalise(ended.id_number))) as born_on,
    coalesce(nullif(ended.sex, 'unknown'), id_sex(id_normalise(ended.id_number))) as sex,
    ended.school_code,
    ended.current_school_code,
    ended.school_name,
    ended.region_code,
    ended.level,
    ended.study_form,
    ended.entrant_type,
    ended.program_years,
    ended.major_code,
    ended.major_name,
    ended.class_name,
    ended.grade,
    case when ended.segment_mode not in ('无', '否') then ended.segment_mode end as segment_mode,
    ended.joint_school_code,
    case when ended.teaching_site not in ('无', '否') then ended.teaching_site end as teaching_site,
    ended.exam_no,
    account_digits(ended.aid_card) as aid_card,
    ended.guardian_name,
    ended.status,
    case
        when coalesce(ended.proven_end_on, ended.stated_end_on) <= as_of() then 'ended'
        else ended.stated_standing
    end as standing,
    ended.entry_month,
    ended.cohort,
    ended.started_on,
    coalesce(ended.proven_end_on, ended.stated_end_on) as ended_on,
    case when coalesce(ended.proven_end_on, ended.stated_end_on) is not null then coalesce(ended.proof, 'status') end
        as end_basis,
    case
        when coalesce(ended.proven_end_on, ended.stated_end_on) is null then null
        when ended.proof = 'certificate' then 'certificate'
        when ended.proof = 'change' then ended.departed_by
        else ended.status
    end as end_event,
    -- 其他 does not say so.
    ended.stated_standing <> 'ended'
    and ended.status <> 'other'
    and coalesce(ended.closed_on > as_of(), true) as is_open_in_registry,
    ended.expected_end_on,
    ended.registered_at as registered_on,
    ended.copies,
    ended.source,
    ended.source_file,
    ended.sheet,
    ended.source_row
from ended
inner join core.person_link as link on ended.record_id = link.record_id
order by ended.source, ended.source_file, ended.sheet, ended.source_row;
