-- Changes with the enrolment they change: same registry and number, else same person; at the school they name.
insert into core.change
with event as (
    select
        change.*,
        upper(change.student_no) as number_key,
        case
            when change.change_type = 'transfer_in' then change.to_school_code
            else change.from_school_code
        end as own_code,
        -- Where a transfer comes from or goes to is not where it changes an enrolment.
        case
            when change.change_type = 'transfer_in' then change.from_school_code
            when change.change_type = 'transfer_out' then change.to_school_code
        end as other_code,
        link.person_id,
        -- What was not delivered cannot be held against the change; 待审核, 未通过 and 审核不通过 can.
        change.review_status is null
        or regexp_matches(change.review_status, '通过|同意|批准|核准|办结|已审')
        and not regexp_matches(change.review_status, '不|未|待|否|驳|退') as is_approved
    from status_changes as change
    left join core.person_link as link on change.record_id = link.record_id
),

named as (
    select
        event.*,
        coalesce(own.school_code, event.own_code) as own_school_code,
        coalesce(own.current_school_code, event.own_code) as own_current_code,
        coalesce(other.school_code, event.other_code) as other_school_code,
        coalesce(other.current_school_code, event.other_code) as other_current_code
    from event
    left join work.school_code as own on event.own_code = own.written_code
    left join work.school_code as other on event.other_code = other.written_code
),

spell as (
    select
        begun.*,
        upper(begun.student_no) as number_key,
        link.person_id
    from work.spell as begun
    left join core.person_link as link on begun.record_id = link.record_id
),

possible as (
    select
        named.record_id,
        spell.record_id as enrolment_record_id,
        true as has_number
    from named
    inner join spell on named.registry = spell.registry and named.number_key = spell.number_key
    union
    -- A number that was amended since: the person is the same, the school must be named.
    select
        named.record_id,
        spell.record_id as enrolment_record_id,
        false as has_number
    from named
    inner join spell
        on
            named.registry = spell.registry
            and named.person_id = spell.person_id
            and named.own_current_code = spell.current_school_code
    where named.number_key <> spell.number_key
),

candidate as (
    select
        named.record_id,
        spell.record_id as enrolment_record_id,
        spell.person_id,
        row_number() over (
            partition by named.record_id
            order by
                possible.has_number desc,
                coalesce(named.person_id = spell.person_id, true) desc,
                coalesce(spell.school_code = named.own_school_code, false) desc,
                spell.entered_on <= named.changed_on desc,
                coalesce(abs(spell.left_on - named.changed_on) <= 60, false) desc,
                spell.entered_on desc,
                spell.record_id
        ) as choice
    from possible
    inner join named on possible.record_id = named.record_id
    inner join spell on possible.enrolment_record_id = spell.record_id
    where
        -- A school that is named is the enrolment's, or one of its lineage.
        coalesce(named.own_current_code = spell.current_school_code, true)
        and not (
            coalesce(named.other_current_code = spell.current_school_code, false)
            and coalesce(named.own_school_code <> spell.school_code, true)
        )
        -- What happened long before the enrolment began changed an earlier one that was not delivered.
        and named.changed_on >= spell.entered_on - 92
        -- Nobody graduates within half a year of entering: that is the programme before.
        and (named.change_type <> 'graduate' or named.changed_on >= spell.entered_on + 180)
)

select
    named.record_id,
    named.registry,
    named.student_no,
    coalesce(candidate.person_id, named.person_id) as person_id,
    candidate.enrolment_record_id,
    named.change_type,
    named.reason,
    named.changed_on,
    named.recorded_on,
    named.is_approved,
    named.from_school_code,
    named.to_school_code,
    named.from_major_code,
    named.to_major_code,
    named.from_grade,
    named.to_grade,
    named.suspended_from,
    named.suspended_until
from named
left join candidate on named.record_id = candidate.record_id and candidate.choice = 1
order by named.source_file, named.sheet, named.source_row;
