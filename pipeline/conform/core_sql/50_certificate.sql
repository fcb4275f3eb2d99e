-- Certificates with the enrolment they close: same person and registry, at the school or its lineage, begun long enough
-- before; of several programmes the one entered in the certificate's month, else the one that was to end nearest.
insert into core.certificate
with certified as (
    select
        certificate.*,
        link.person_id,
        link.match_probability,
        coalesce(known.current_school_code, certificate.school_code) as current_school_code
    from graduates as certificate
    inner join core.person_link as link on certificate.record_id = link.record_id
    left join work.school_code as known on certificate.school_code = known.written_code
),

candidate as (
    select
        certified.record_id,
        spell.record_id as enrolment_record_id,
        row_number() over (
            partition by certified.record_id
            order by
                coalesce(certified.entry_month = spell.entry_month, false) desc,
                abs(spell.expected_end_on - certified.graduated_on),
                spell.entered_on desc,
                spell.record_id
        ) as choice
    from certified
    inner join core.person_link as spell_link on certified.person_id = spell_link.person_id
    inner join work.spell as spell
        on
            spell_link.record_id = spell.record_id
            and certified.registry = spell.registry
            and certified.current_school_code = spell.current_school_code
    where spell.entered_on + 180 <= certified.graduated_on
)

select
    certified.record_id,
    certified.person_id,
    certified.match_probability,
    certified.registry,
    certified.school_code,
    certified.current_school_code,
    certified.graduated_on,
    certified.certificate_kind,
    candidate.enrolment_record_id
from certified
left join candidate on certified.record_id = candidate.record_id and candidate.choice = 1
order by certified.source_file, certified.sheet, certified.source_row;
