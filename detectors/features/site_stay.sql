/*
reads:
  - articulation_agreements
  - core.school
  - feature.recruit
  - integrated_classes
  - internships
  - joint_programs
  - teaching_sites
comment: >-
  Entrants of vocational schools who are taught off campus, with what each list says of the place: an approved site (and
  from when until when), a campus of the school's own past, a partner, college or high school of an agreement, the
  employer of a placement. Names agree where one holds the other, suffixes such as 教学点 left out.
*/
with stay as (
    select
        recruit.record_id,
        recruit.school_code,
        recruit.own_code,
        recruit.cohort,
        recruit.started_on,
        recruit.student_key,
        recruit.class_name,
        trim(recruit.teaching_site) as site_name,
        text_key(recruit.teaching_site) as site_key,
        coalesce(
            nullif(regexp_replace(text_key(recruit.teaching_site), '(校外|教学|办学|校区|分校|分部|点)+$', ''), ''),
            text_key(recruit.teaching_site)
        ) as site_core
    from feature.recruit as recruit
    where
        recruit.registry = 'vocational'
        and text_key(recruit.teaching_site) is not null
        and not regexp_full_match(
            text_key(recruit.teaching_site), '无|否|没有|不适用|NULL|0|校本部|本部|总校|本校|校内|主校区|在校|.*校本部'
        )
),

-- Every place by name that a list knows of for a school.
host as (
    select
        coalesce(school.current_school_code, site.school_code) as school_code,
        'approved' as kind,
        text_key(site.site_name) as host_key,
        coalesce(site.valid_from, date '1900-01-01') as valid_from,
        coalesce(site.valid_to, date '9999-12-31') as valid_to
    from teaching_sites as site
    left join core.school as school
        on site.school_code = school.school_code
    union all
    select
        school.current_school_code as school_code,
        'campus' as kind,
        text_key(school.school_name) as host_key,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from core.school as school
    union all
    select
        coalesce(school.current_school_code, programme.school_code) as school_code,
        'partner' as kind,
        text_key(partner.school_name) as host_key,
        coalesce(programme.valid_from, date '1900-01-01') as valid_from,
        coalesce(programme.valid_to, date '9999-12-31') as valid_to
    from joint_programs as programme
    inner join core.school as partner
        on programme.partner_code = partner.school_code
    left join core.school as school
        on programme.school_code = school.school_code
    where
        not regexp_matches(programme.partner_kind, '非学历|培训|企业|公司')
        and coalesce(partner.kind, '') <> 'training'
    union all
    select
        coalesce(school.current_school_code, agreement.school_code) as school_code,
        'college' as kind,
        text_key(college.school_name) as host_key,
        make_date(agreement.cohort_from, 1, 1) as valid_from,
        make_date(coalesce(agreement.cohort_to, 9998), 12, 31) as valid_to
    from articulation_agreements as agreement
    inner join core.school as college
        on right(agreement.higher_code, 5) = right(college.school_code, 5)
    left join core.school as school
        on agreement.school_code = school.school_code
    where college.kind in ('higher', 'adult_higher')
    union all
    select
        coalesce(school.current_school_code, integrated.vocational_code) as school_code,
        'integrated' as kind,
        text_key(high.school_name) as host_key,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from integrated_classes as integrated
    inner join core.school as high
        on integrated.high_code = high.school_code
    left join core.school as school
        on integrated.vocational_code = school.school_code
    union all
    select
        coalesce(school.current_school_code, internship.school_code) as school_code,
        'employer' as kind,
        text_key(internship.employer) as host_key,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from internships as internship
    left join core.school as school
        on internship.school_code = school.school_code
    group by coalesce(school.current_school_code, internship.school_code), text_key(internship.employer)
),

named_site as (
    select
        stay.school_code,
        stay.site_key,
        any_value(stay.site_core) as site_core
    from stay
    group by stay.school_code, stay.site_key
),

known_site as (
    select
        named_site.school_code,
        named_site.site_key,
        host.kind,
        host.valid_from,
        host.valid_to
    from named_site
    inner join host
        on named_site.school_code = host.school_code
    where
        length(host.host_key) >= 2
        and (contains(host.host_key, named_site.site_core) or contains(named_site.site_key, host.host_key))
),

other_school as (
    select
        named_site.school_code,
        named_site.site_key
    from named_site
    inner join core.school as school
        on named_site.school_code <> school.current_school_code
    where
        school.is_listed
        and length(school.school_name) >= 4
        and contains(named_site.site_key, text_key(school.school_name))
    group by named_site.school_code, named_site.site_key
)

select
    stay.record_id,
    any_value(stay.school_code) as school_code,
    any_value(stay.site_name) as site_name,
    any_value(stay.site_key) as site_key,
    any_value(stay.started_on) as started_on,
    bool_or(other_school.site_key is not null) as is_at_another_school,
    coalesce(bool_or(known_site.kind = 'campus'), false) as is_campus,
    coalesce(
        bool_or(known_site.kind = 'approved' and stay.started_on between known_site.valid_from and known_site.valid_to),
        false
    ) as is_approved,
    coalesce(
        bool_or(known_site.kind = 'partner' and stay.started_on between known_site.valid_from and known_site.valid_to),
        false
    ) as is_partner,
    coalesce(
        bool_or(known_site.kind = 'college' and stay.started_on between known_site.valid_from and known_site.valid_to),
        false
    ) as is_college,
    coalesce(bool_or(known_site.kind = 'integrated'), false) as is_integrated,
    coalesce(bool_or(known_site.kind = 'employer'), false) as is_employer,
    min(known_site.valid_from) filter (where known_site.kind = 'approved') as approved_from,
    max(known_site.valid_to) filter (where known_site.kind = 'approved') as approved_to
from stay
left join known_site
    on
        stay.school_code = known_site.school_code
        and stay.site_key = known_site.site_key
left join other_school
    on
        stay.school_code = other_school.school_code
        and stay.site_key = other_school.site_key
group by stay.record_id
