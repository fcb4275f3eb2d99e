/*
id: SC518
title: choices filed by somebody else than the candidates
title_zh: 疑似他人代填中考志愿
severity: C
certainty: probable
subject: other
policy: [jilin_2020:choices, national:own-choices]
reads:
  required:
    - core.school
    - volunteers
  optional:
    - admissions
    - schools
evidence:
  - subject_id
  - school_code
  - cohort
  - origin_school
  - class_name
  - filed_on
  - filed_ip
  - choice_list
  - choices
  - other_school_code
  - candidates
  - filed_there
  - origin_schools
  - overwritten
  - filed_elsewhere
  - same_elsewhere
  - chance
  - overlap_from
  - bound_by
  - severity
  - evidence_record_ids
key: [cohort, filed_on, filed_ip, origin_school, class_name, choice_list]
route: school_code
message: >-
  {candidates} of the {filed_there} candidates who filed on {filed_on} from one address ({origin_school} {class_name})
  filed the same {choices} choices in the same order; elsewhere {same_elsewhere} of {filed_elsewhere} did. By chance so
  many would agree in fewer than {chance} of such rooms; {overwritten} of them had filed another list before.
message_zh: >-
  {filed_on} 同一网络地址填报的 {filed_there} 名考生({origin_school} {class_name})中有 {candidates} 人志愿({choices} 个)及顺序完全相同,
  而其他考生 {filed_elsewhere} 人中仅 {same_elsewhere} 人如此填报,偶然出现的概率低于 {chance};其中 {overwritten} 人此前填过不同志愿。
next: >-
  Take the platform's log with times and devices, and ask some of the pupils and parents, apart from the teachers, what
  they had wanted and who typed it.
next_zh: 调取填报平台带时间、设备的日志,避开教师分别询问部分考生和家长本人意愿及由谁操作。
params:
  least_candidates:
    default: policy:admission.same_choices.candidates
    unit: candidates
    comment: So many identical lists from one address make a case.
  least_elsewhere:
    default: 30
    unit: candidates
    comment: Own estimate; fewer other candidates do not show how common a list is.
  rare:
    default: 0.01
    unit: probability
    comment: Own estimate; error allowed over all groups of a year together (Bonferroni).
exceptions:
  - name: X36_only_choice_at_hand
    says: The list is what candidates of the place file anyway, as where there is one school to choose.
    says_zh: 当地可选学校少,其他考生也普遍这样填报,志愿自然相同。
    proof: volunteers
  - name: X36b_single_choice
    says: A list of one school, which a class may well share; counted only where it replaced the candidates' own lists.
    says_zh: 只填一所学校的志愿容易相同,除非覆盖了考生此前的志愿。
    proof: volunteers
  - name: X36c_own_list_confirmed
    says: The candidate had filed the same list before, at another address, and merely confirmed it at school.
    says_zh: 考生此前在其他地址已填过同样志愿,只是到校确认。
    proof: volunteers
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Teachers who type in a whole class sell its pupils: recruiters pay by the head, and schools keep weak pupils from the
examination by filing a vocational school for them. 严禁教师干预或代替学生填报志愿.

The log gives the day and the network address. A computer room in which a class files is lawful, and so is a county
whose schools share one address: there the lists differ. A case needs as many identical lists, choice for choice, as the
policy names, and so many that the popularity of the list does not explain them: a bound on the chance (Chernoff; share
of the list among candidates of the same area who filed elsewhere), held over all groups of the year together. Lists
that replaced others which the same candidates had filed before are the strongest sign.

Where the log has no addresses a class can still be seen to agree, and the case waits for the log that has them. C where
the place forbids it by name, else D. The bureau's threshold of thirty minutes needs times, which this list lacks.

What to check first

Whether the choices were really to be had elsewhere; then the candidates' own drafts.
*/
with filing as (
    select
        filed.record_id,
        filed.year,
        filed.exam_no,
        filed.filed_at as filed_on,
        filed.choice_list as written_list,
        coalesce(filed.origin_school, '') as origin_school,
        coalesce(filed.class_name, '') as class_name,
        coalesce(filed.filed_ip, '') as filed_ip,
        regexp_replace(filed.choice_list, '[\s;,、；，]+', ';', 'g') as choice_list
    from volunteers as filed
    where
        filed.exam_no is not null
        and filed.choice_list is not null
        and filed.filed_at is not null
),

final_filing as (
    select filing.*
    from filing
    qualify
        row_number() over (
            partition by filing.year, filing.exam_no
            order by filing.filed_on desc, filing.record_id desc
        ) = 1
),

-- What candidates had filed before, elsewhere.
earlier as (
    select
        final_filing.record_id,
        bool_or(filing.choice_list = final_filing.choice_list and filing.filed_ip <> final_filing.filed_ip)
            as was_own_list,
        bool_or(filing.choice_list <> final_filing.choice_list) as was_another_list
    from final_filing
    inner join filing
        on
            final_filing.year = filing.year
            and final_filing.exam_no = filing.exam_no
            and final_filing.record_id <> filing.record_id
    group by final_filing.record_id
),

candidate_area as (
    select
        listed.year,
        listed.exam_no,
        min(listed.exam_area_code) as area_code
    from admissions as listed
    where
        listed.exam_no is not null
        and listed.exam_area_code is not null
    group by listed.year, listed.exam_no
),

junior_school as (
    select
        text_key(school.school_name) as school_name,
        min(school.current_school_code) as school_code,
        min(school.region_code) as region_code
    from core.school as school
    where
        school.kind = 'junior'
        and school.school_name is not null
    group by text_key(school.school_name)
    having count(distinct school.current_school_code) = 1
),

placed as (
    select
        final_filing.*,
        junior_school.school_code,
        coalesce(junior_school.region_code, candidate_area.area_code, '') as area_code,
        coalesce(earlier.was_own_list, false) as was_own_list,
        coalesce(earlier.was_another_list, false) as was_another_list
    from final_filing
    left join earlier
        on final_filing.record_id = earlier.record_id
    left join candidate_area
        on
            final_filing.year = candidate_area.year
            and final_filing.exam_no = candidate_area.exam_no
    left join junior_school
        on text_key(final_filing.origin_school) = junior_school.school_name
),

-- Where the log has no address the class stands for the room.
seated as (
    select
        placed.*,
        case
            when placed.filed_ip <> '' then placed.filed_ip
            when placed.origin_school <> '' and placed.class_name <> ''
                then placed.origin_school || ' ' || placed.class_name
        end as room
    from placed
),

room_day as (
    select
        seated.year,
        seated.filed_on,
        seated.room,
        count(*) as filed_there
    from seated
    where seated.room is not null
    group by seated.year, seated.filed_on, seated.room
),

agreeing as (
    select
        seated.year,
        seated.filed_on,
        seated.room,
        seated.choice_list,
        min(seated.filed_ip) as filed_ip,
        mode(seated.area_code order by seated.area_code) as area_code,
        mode(seated.origin_school order by seated.origin_school) as origin_school,
        mode(seated.school_code order by seated.school_code) as school_code,
        mode(seated.class_name order by seated.class_name) as class_name,
        count(distinct seated.origin_school) as origin_schools,
        count(*) as candidates,
        count(*) filter (where seated.was_another_list) as overwritten,
        list_sort(list(seated.record_id)) as evidence_record_ids
    from seated
    where
        seated.room is not null
        -- X36c_own_list_confirmed
        and not seated.was_own_list
    group by seated.year, seated.filed_on, seated.room, seated.choice_list
),

tested as (
    select
        agreeing.*,
        room_day.filed_there,
        len(string_split(agreeing.choice_list, ';')) as choices,
        count(*) over (partition by agreeing.year) as groups_tested
    from agreeing
    inner join room_day
        on
            agreeing.year = room_day.year
            and agreeing.filed_on = room_day.filed_on
            and agreeing.room = room_day.room
    where agreeing.candidates >= $least_candidates
),

-- How common the list is among those of the area who filed elsewhere; where they are few, among all.
elsewhere as (
    select
        tested.year,
        tested.filed_on,
        tested.room,
        tested.choice_list,
        count(*) filter (where seated.area_code = tested.area_code) as filed_in_area,
        count(*) filter (where seated.area_code = tested.area_code and seated.choice_list = tested.choice_list)
            as same_in_area,
        count(*) as filed_anywhere,
        count(*) filter (where seated.choice_list = tested.choice_list) as same_anywhere
    from tested
    inner join seated
        on
            tested.year = seated.year
            and (coalesce(seated.room, '') <> tested.room or tested.filed_on <> seated.filed_on)
    group by tested.year, tested.filed_on, tested.room, tested.choice_list
),

compared as (
    select
        tested.*,
        case
            when elsewhere.filed_in_area >= $least_elsewhere then elsewhere.filed_in_area
            else coalesce(elsewhere.filed_anywhere, 0)
        end as filed_elsewhere,
        case
            when elsewhere.filed_in_area >= $least_elsewhere then elsewhere.same_in_area
            else coalesce(elsewhere.same_anywhere, 0)
        end as same_elsewhere
    from tested
    left join elsewhere
        on
            tested.year = elsewhere.year
            and tested.filed_on = elsewhere.filed_on
            and tested.room = elsewhere.room
            and tested.choice_list = elsewhere.choice_list
),

shared as (
    select
        compared.*,
        compared.candidates / compared.filed_there as seen_share,
        (compared.same_elsewhere + 1) / (compared.filed_elsewhere + 2) as usual_share
    from compared
),

weighed as (
    select
        shared.*,
        case
            when shared.seen_share <= shared.usual_share then 1.0
            else
                exp(
                    -shared.filed_there
                    * (
                        shared.seen_share * ln(shared.seen_share / shared.usual_share)
                        + case
                            when shared.seen_share >= 1 then 0
                            else (1 - shared.seen_share) * ln((1 - shared.seen_share) / (1 - shared.usual_share))
                        end
                    )
                )
        end as chance_bound
    from shared
),

recruiting_school as (
    select
        listed.recruit_code as written_code,
        min(listed.school_code) as school_code
    from schools as listed
    where listed.recruit_code is not null
    group by listed.recruit_code
),

judged as (
    select
        weighed.origin_school,
        weighed.class_name,
        weighed.school_code,
        weighed.filed_on,
        weighed.choice_list,
        weighed.evidence_record_ids,
        weighed.filed_on as overlap_from,
        weighed.filed_ip,
        cast(weighed.year as integer) as cohort,
        cast(weighed.choices as integer) as choices,
        cast(weighed.candidates as integer) as candidates,
        cast(weighed.filed_there as integer) as filed_there,
        cast(weighed.origin_schools as integer) as origin_schools,
        cast(weighed.overwritten as integer) as overwritten,
        cast(weighed.filed_elsewhere as integer) as filed_elsewhere,
        cast(weighed.same_elsewhere as integer) as same_elsewhere,
        coalesce(first_choice.current_school_code, recruiting_school.school_code) as other_school_code,
        concat_ws(' ', weighed.year, weighed.origin_school, weighed.class_name, weighed.filed_on, weighed.room)
            as subject_id,
        round(greatest(weighed.chance_bound, 1e-12), 12) as chance,
        coalesce(
            policy_clause('admission.filled_by_teacher_allowed', null, weighed.area_code, weighed.filed_on),
            policy_clause('admission.same_choices.candidates', null, weighed.area_code, weighed.filed_on)
        ) as bound_by,
        case
            when policy_number('admission.filled_by_teacher_allowed', null, weighed.area_code, weighed.filed_on) = 0
                then 'C'
            else 'D'
        end as severity,
        case
            when weighed.filed_ip = '' or weighed.filed_elsewhere < $least_elsewhere then 'volunteers'
            else ''
        end as missing_inputs
    from weighed
    left join core.school as first_choice
        on string_split(weighed.choice_list, ';')[1] = first_choice.school_code
    left join recruiting_school
        on string_split(weighed.choice_list, ';')[1] = recruiting_school.written_code
    where
        -- X36_only_choice_at_hand
        weighed.chance_bound * weighed.groups_tested <= $rare
        -- X36b_single_choice
        and (weighed.choices >= 2 or 2 * weighed.overwritten >= weighed.candidates)
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.subject_id,
    worded.school_code,
    worded.cohort,
    worded.origin_school,
    worded.class_name,
    worded.filed_on,
    worded.filed_ip,
    worded.choice_list,
    worded.choices,
    worded.other_school_code,
    worded.candidates,
    worded.filed_there,
    worded.origin_schools,
    worded.overwritten,
    worded.filed_elsewhere,
    worded.same_elsewhere,
    worded.chance,
    worded.overlap_from,
    worded.bound_by,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
