/*
id: SA413
title: person, registry and money that do not agree for a school and term
title_zh: 学生、学籍、经费三者不一致
severity: B
certainty: certain
subject: school
policy: [xinzhou_2023:agreement-of-three, national:aid-eligible, national:own-exit]
reads:
  required:
    - core.enrolment
    - feature.aid_claim
    - feature.school_term
    - feature.term_presence
    - feature.term_trace
  optional:
    - attendance
    - core.certificate
    - core.change
    - core.hold
    - core.school
    - flexible_filings
    - funding_allocations
    - graduates
    - internships
    - status_changes
    - technical_students
    - term_registrations
    - vocational_students
  needs_sources: [aid_payments]
evidence:
  - school_code
  - registry
  - school_year
  - term
  - term_zh
  - on_the_roll
  - present
  - aided
  - waived
  - granted
  - funded
  - aided_without_enrolment
  - enrolled_without_presence
  - present_without_enrolment
  - differing
  - differing_share
  - severity
  - overlap_from
  - overlap_to
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [registry, school_code, school_year, term]
route: school_code
message: >-
  {term} {school_year}: {on_the_roll} on the roll, {present} seen, {aided} aided, {funded} funded. {differing} persons
  are not in all: {aided_without_enrolment} aided without an enrolment, {enrolled_without_presence} enrolled but not
  seen, {present_without_enrolment} seen but not enrolled; aid drawn for them: {amount_paid} yuan.
message_zh: >-
  {school_year} 学年{term_zh}:在籍 {on_the_roll} 人、在校 {present} 人、受助 {aided} 人、拨款 {funded} 人;逐人比对不一致 {differing} 人,
  其中受助无学籍 {aided_without_enrolment} 人、在籍不在校 {enrolled_without_presence} 人、
  在校无学籍 {present_without_enrolment} 人,涉及资助 {amount_paid} 元。
next: >-
  Count heads class by class without notice, put actual, registry and aid headcounts side by side on the check form, and
  go through the persons who are not in all three.
next_zh: 不打招呼逐班点名,按核查表并列实际人数、学籍人数、资助人数,对不一致名单逐人说明原因并盖章。
params:
  least_persons:
    default: 5
    unit: persons
    comment: Own estimate; fewer are matters of single persons, for SA401, RD202 and RD205.
  least_share:
    default: 0.05
    unit: share
    comment: Own estimate; the persons in disagreement must be this share of roll or aid list, whichever is longer.
  short_stay_days:
    default: 30
    unit: days
    comment: Own estimate from the rule that aid stops with the month after leaving; so many days carry a term's aid.
  grace_days:
    default: policy:exit.term_registration_days
    unit: days
    comment: Days of the term within which a student registers.
  covered_share:
    default: 0.5
    unit: share
    comment: Own estimate; the registry vouches for a school and term where it shows at least this share of the aided.
exceptions:
  - name: X10_merged_schools
    says: The student is enrolled, listed or aided under another code of the same school.
    says_zh: 学校合并、更名,名单列在沿革关系的另一代码下。
    proof: core.enrolment
  - name: X11_flexible_programme
    says: The school filed flexible study for that intake; students come by stages.
    says_zh: 学校已备案弹性学制或学分制,学生分段就读。
    proof: flexible_filings
  - name: X15_moved_in_the_term
    says: The aided student is enrolled at another school in that term.
    says_zh: 受助学生当学期在其他学校有学籍(转学)。
    proof: core.enrolment
  - name: X15b_postponed_registration
    says: Registration for the term is postponed, by the list itself.
    says_zh: 名单注明本学期暂缓注册。
    proof: term_registrations
  - name: X15c_came_or_went_in_term
    says: The student came after the term began, or the programme was over before it.
    says_zh: 开学后入学、转入,或开学前学制已满。
    proof: core.enrolment
  - name: X17_number_written_otherwise
    says: As many persons missing on one list as there are unknown numbers on it may be those.
    says_zh: 名单中号码对不上的人数与缺的人数相抵,可能为同一批人号码写错。
    proof: term_registrations
  - name: X17b_corrected_identity
    says: An enrolment at the school of the same student number or name, unaided itself, covers the term.
    says_zh: 同学籍号(或同名且本人未另领)的学籍当期有效,资助名单证件号有误。
    proof: core.enrolment
  - name: X18_gone_since
    says: The export lists present students only; certificate or change show the student there till later.
    says_zh: 学籍导出仅含在籍学生,毕业或异动名单证明该生当学期仍在校。
    proof: core.change
  - name: X20_held_enrolment
    says: Suspended, place reserved or in the army for days of the term, and not aided.
    says_zh: 当学期休学、保留学籍或服兵役,且未受助。
    proof: core.hold
  - name: X21_placement
    says: On a placement that was reported.
    says_zh: 已报备岗位实习。
    proof: internships
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Students, registrations and money must agree: 做到学生、学籍、经费相一致. The county's check form puts the headcounts side by
side; equal headcounts may still hide different persons, so the persons are compared and the headcounts shown with them.
Severity B where the place demands the agreement for that term, else C.

Three sub-tests add up: aided but without an enrolment anywhere in the term; on the roll but in none of the lists that
name the class (term registration, attendance, placement, examination); in the list of registrations but without an
enrolment. A list counts only where it names at least half of the class. Aid is netted of corrections and bank returns
and judged by its term. The same persons may bear cases of their own (SA401, RD202, RD205); money is counted once.

Where the export shows fewer than half of the aided, it is the export that is incomplete. Invented students who are on
all lists agree, and are looked for elsewhere (FR307, OM701).

What to check first

Whether a class was left out by a clerk; then the class rooms.
*/
with claimant as (
    select
        claim.person_id,
        claim.registry,
        -- X10_merged_schools
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        min(claim.benefit_from) as benefit_from,
        max(claim.benefit_to) as benefit_to,
        max(claim.student_no) as student_no,
        max(claim.name) as name,
        bool_or(claim.aid_item = 'tuition_waiver') as is_waived,
        bool_or(claim.aid_item like '%grant') as is_granted
    from feature.aid_claim as claim
    where
        claim.registry in ('vocational', 'technical')
        and is_delivered(claim.registry || '_students')
    group by claim.person_id, claim.registry, claim.current_school_code, claim.school_year, claim.term
),

not_enrolled as (
    select claimant.*
    from claimant
    -- X15_moved_in_the_term
    anti join feature.term_presence as anywhere
        on
            claimant.person_id = anywhere.person_id
            and claimant.school_year = anywhere.school_year
            and claimant.term = anywhere.term
            and anywhere.registry in ('vocational', 'technical')
            and anywhere.active_days >= $short_stay_days
),

-- X17b_corrected_identity
same_number as (
    select
        not_enrolled.person_id,
        not_enrolled.registry,
        not_enrolled.school_code,
        not_enrolled.school_year,
        not_enrolled.term
    from not_enrolled
    inner join feature.term_presence as roll
        on
            not_enrolled.registry = roll.registry
            and not_enrolled.school_code = roll.current_school_code
            and not_enrolled.school_year = roll.school_year
            and not_enrolled.term = roll.term
            and (not_enrolled.student_no = roll.student_no or not_enrolled.name = roll.name)
    left join claimant as drawn
        on
            roll.person_id = drawn.person_id
            and roll.registry = drawn.registry
            and roll.current_school_code = drawn.school_code
            and roll.school_year = drawn.school_year
            and roll.term = drawn.term
    where
        roll.active_days >= $short_stay_days
        and (not_enrolled.student_no = roll.student_no or drawn.person_id is null)
    group by
        not_enrolled.person_id,
        not_enrolled.registry,
        not_enrolled.school_code,
        not_enrolled.school_year,
        not_enrolled.term
),

-- X18_gone_since
gone_since as (
    select
        certificate.person_id,
        max(certificate.graduated_on) as last_on
    from core.certificate as certificate
    where certificate.enrolment_record_id is null
    group by certificate.person_id
    union all
    select
        change.person_id,
        max(change.changed_on) as last_on
    from core.change as change
    where
        change.enrolment_record_id is null
        and change.is_approved
        and change.person_id is not null
        and change.change_type in (
            'withdraw', 'expel', 'cancel', 'graduate', 'transfer_out', 'deceased', 'suspend', 'reserve'
        )
    group by change.person_id
),

shown_until as (
    select
        gone_since.person_id,
        max(gone_since.last_on) as last_on
    from gone_since
    group by gone_since.person_id
),

unenrolled as (
    select not_enrolled.*
    from not_enrolled
    left join same_number
        on
            not_enrolled.person_id = same_number.person_id
            and not_enrolled.registry = same_number.registry
            and not_enrolled.school_code = same_number.school_code
            and not_enrolled.school_year = same_number.school_year
            and not_enrolled.term = same_number.term
    left join shown_until
        on not_enrolled.person_id = shown_until.person_id
    where
        same_number.person_id is null
        and coalesce(shown_until.last_on < not_enrolled.benefit_from + $short_stay_days, true)
),

filed as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by coalesce(school.current_school_code, filing.school_code), filing.year
),

seated as (
    select
        trace.record_id,
        trace.person_id,
        trace.registry,
        trace.current_school_code as school_code,
        trace.school_year,
        trace.term,
        trace.first_day,
        trace.unknown_rows,
        trace.registration_record_id,
        coalesce(trace.registration = 'unlisted', true) as is_unlisted,
        trace.registration is not null or trace.months_listed > 0 as is_covered,
        coalesce(trace.registration = 'registered', false)
        or trace.periods_present > 0
        or trace.examined_on is not null as is_seen,
        -- X15b_postponed_registration
        coalesce(trace.registration = 'postponed', false)
        -- X15c_came_or_went_in_term
        or enrolment.started_on > trace.first_day
        or enrolment.expected_end_on <= trace.first_day
        or coalesce(enrolment.ended_on <= trace.first_day + $grace_days, false)
        -- X21_placement
        or trace.placed_from is not null
        -- X11_flexible_programme
        or filed.school_code is not null
        -- X20_held_enrolment
        or coalesce(held.record_id is not null and not trace.is_aid_paid, false) as is_excused
    from feature.term_trace as trace
    inner join core.enrolment as enrolment
        on trace.record_id = enrolment.record_id
    left join feature.term_presence as held
        on
            trace.record_id = held.record_id
            and trace.school_year = held.school_year
            and trace.term = held.term
            and held.held_days > 0
    left join filed
        on
            trace.current_school_code = filed.school_code
            and enrolment.cohort = filed.year
    where trace.first_day + $grace_days < as_of()
),

unseen as (
    select seated.*
    from seated
    where
        seated.is_covered
        and not seated.is_seen
        and not seated.is_excused
),

student as (
    select
        seated.registry,
        seated.school_code,
        seated.school_year,
        seated.term,
        bool_or(seated.is_seen) as is_seen,
        bool_or(seated.is_unlisted) as is_unlisted,
        bool_or(seated.is_covered) as is_covered,
        max(seated.unknown_rows) as unknown_rows
    from seated
    group by seated.person_id, seated.registry, seated.school_code, seated.school_year, seated.term
),

rolled as (
    select
        student.registry,
        student.school_code,
        student.school_year,
        student.term,
        count(*) as on_the_roll,
        count(*) filter (where student.is_seen) as present,
        count(*) filter (where student.is_unlisted) as unlisted,
        bool_or(student.is_covered) as is_covered,
        max(student.unknown_rows) as unknown_rows
    from student
    group by student.registry, student.school_code, student.school_year, student.term
),

missed as (
    select
        unseen.registry,
        unseen.school_code,
        unseen.school_year,
        unseen.term,
        count(distinct unseen.person_id) as persons,
        max(unseen.unknown_rows) as unknown_rows,
        list(unseen.record_id order by unseen.record_id) as record_ids,
        list(unseen.registration_record_id order by unseen.registration_record_id)
        filter (where unseen.registration_record_id is not null) as list_record_ids
    from unseen
    group by unseen.registry, unseen.school_code, unseen.school_year, unseen.term
),

-- X17_number_written_otherwise
missing as (
    select missed.*
    from missed
    where missed.persons > missed.unknown_rows
),

aided as (
    select
        claimant.registry,
        claimant.school_code,
        claimant.school_year,
        claimant.term,
        count(*) as persons,
        count(*) filter (where claimant.is_waived) as waived,
        count(*) filter (where claimant.is_granted) as granted
    from claimant
    group by claimant.registry, claimant.school_code, claimant.school_year, claimant.term
),

unfounded as (
    select
        unenrolled.registry,
        unenrolled.school_code,
        unenrolled.school_year,
        unenrolled.term,
        count(*) as persons
    from unenrolled
    group by unenrolled.registry, unenrolled.school_code, unenrolled.school_year, unenrolled.term
),

-- Of one person for one term the money counts once.
disputed_claimant as (
    select
        unenrolled.person_id,
        unenrolled.registry,
        unenrolled.school_code,
        unenrolled.school_year,
        unenrolled.term
    from unenrolled
    union
    select
        unseen.person_id,
        unseen.registry,
        unseen.school_code,
        unseen.school_year,
        unseen.term
    from unseen
    inner join missing
        on
            unseen.registry = missing.registry
            and unseen.school_code = missing.school_code
            and unseen.school_year = missing.school_year
            and unseen.term = missing.term
),

disputed as (
    select
        claim.registry,
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        sum(claim.amount) as amount,
        list_sort(list_distinct(list(claim.aid_item))) as aid_items,
        flatten(list(claim.record_ids)) as record_ids
    from feature.aid_claim as claim
    semi join disputed_claimant
        on
            claim.person_id = disputed_claimant.person_id
            and claim.registry = disputed_claimant.registry
            and claim.current_school_code = disputed_claimant.school_code
            and claim.school_year = disputed_claimant.school_year
            and claim.term = disputed_claimant.term
    where is_delivered(claim.registry || '_students')
    group by claim.registry, claim.current_school_code, claim.school_year, claim.term
),

funded as (
    select
        row_of.year,
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        sum(row_of.headcount) as students
    from funding_allocations as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    group by row_of.year, coalesce(school.current_school_code, row_of.school_code)
),

place as (
    select
        rolled.registry,
        rolled.school_code,
        rolled.school_year,
        rolled.term
    from rolled
    union
    select
        aided.registry,
        aided.school_code,
        aided.school_year,
        aided.term
    from aided
),

compared as (
    select
        place.registry,
        place.school_code,
        place.school_year,
        place.term,
        term.first_day,
        term.last_day,
        school.region_code,
        rolled.is_covered,
        funded.students as funded,
        cast(coalesce(disputed.amount, 0) as decimal(14, 2)) as amount_paid,
        coalesce(rolled.on_the_roll, 0) as on_the_roll,
        coalesce(rolled.present, 0) as present,
        coalesce(aided.persons, 0) as aided,
        coalesce(aided.waived, 0) as waived,
        coalesce(aided.granted, 0) as granted,
        coalesce(unfounded.persons, 0) as aided_without_enrolment,
        coalesce(missing.persons - missing.unknown_rows, 0) as enrolled_without_presence,
        greatest(coalesce(rolled.unknown_rows - rolled.unlisted, 0), 0) as present_without_enrolment,
        array_to_string(coalesce(disputed.aid_items, []), ',') as aid_items,
        list_sort(
            list_distinct(
                list_concat(
                    coalesce(missing.record_ids, []),
                    coalesce(missing.list_record_ids, []),
                    coalesce(disputed.record_ids, [])
                )
            )
        ) as evidence_record_ids
    from place
    inner join feature.school_term as term
        on
            place.school_year = term.school_year
            and place.term = term.term
    left join core.school as school
        on place.school_code = school.school_code
    left join rolled
        on
            place.registry = rolled.registry
            and place.school_code = rolled.school_code
            and place.school_year = rolled.school_year
            and place.term = rolled.term
    left join aided
        on
            place.registry = aided.registry
            and place.school_code = aided.school_code
            and place.school_year = aided.school_year
            and place.term = aided.term
    left join unfounded
        on
            place.registry = unfounded.registry
            and place.school_code = unfounded.school_code
            and place.school_year = unfounded.school_year
            and place.term = unfounded.term
    left join missing
        on
            place.registry = missing.registry
            and place.school_code = missing.school_code
            and place.school_year = missing.school_year
            and place.term = missing.term
    left join disputed
        on
            place.registry = disputed.registry
            and place.school_code = disputed.school_code
            and place.school_year = disputed.school_year
            and place.term = disputed.term
    left join funded
        on
            place.school_code = funded.school_code
            and term.cohort = funded.year
),

weighed as (
    select
        compared.*,
        compared.aided_without_enrolment + compared.enrolled_without_presence + compared.present_without_enrolment
            as differing
    from compared
),

apart as (
    select weighed.*
    from weighed
    where
        weighed.differing >= $least_persons
        and weighed.differing >= $least_share * greatest(weighed.on_the_roll, weighed.aided)
),

-- Whom of the aided the registry shows at the school, in whatever term.
shown as (
    select
        claimant.registry,
        claimant.school_code,
        claimant.school_year,
        claimant.term,
        count(*) as persons
    from claimant
    semi join apart
        on
            claimant.registry = apart.registry
            and claimant.school_code = apart.school_code
            and claimant.school_year = apart.school_year
            and claimant.term = apart.term
    semi join feature.term_presence as roll
        on
            claimant.person_id = roll.person_id
            and claimant.registry = roll.registry
            and claimant.school_code = roll.current_school_code
    group by claimant.registry, claimant.school_code, claimant.school_year, claimant.term
),

judged as (
    select
        apart.*,
        apart.first_day as overlap_from,
        least(apart.last_day, as_of()) as overlap_to,
        case apart.term when 'autumn' then '秋季学期' else '春季学期' end as term_zh,
        round(apart.differing / greatest(apart.on_the_roll, apart.aided, 1), 4) as differing_share,
        case
            when
                policy_number('reconciliation.required', apart.registry, apart.region_code, apart.first_day) = 1
                then 'B'
            else 'C'
        end as severity,
        concat_ws(
            ',',
            case
                when apart.enrolled_without_presence > 0 and not is_delivered('flexible_filings')
                    then 'flexible_filings'
            end,
            case
                when apart.aided_without_enrolment > 0 and not is_delivered('graduates') then 'graduates'
            end,
            case
                when apart.enrolled_without_presence > 0 and not is_delivered('internships') then 'internships'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end,
            case when coalesce(shown.persons, 0) < $covered_share * apart.aided then apart.registry || '_students' end
        ) as missing_inputs
    from apart
    left join shown
        on
            apart.registry = shown.registry
            and apart.school_code = shown.school_code
            and apart.school_year = shown.school_year
            and apart.term = shown.term
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.registry,
    worded.school_year,
    worded.term,
    worded.term_zh,
    worded.on_the_roll,
    worded.present,
    worded.aided,
    worded.waived,
    worded.granted,
    worded.funded,
    worded.aided_without_enrolment,
    worded.enrolled_without_presence,
    worded.present_without_enrolment,
    worded.differing,
    worded.differing_share,
    worded.severity,
    worded.overlap_from,
    worded.overlap_to,
    worded.amount_paid,
    worded.aid_items,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
