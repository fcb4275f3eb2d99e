-- One detector's findings, read by the standard names of evidence columns; what a detector does not return is null.
with finding as (
    select to_json(delivered) as evidence
    from query_table($finding_table) as delivered
)

insert into found by name
select
    $detector
    || '-'
    || substr(
        md5(array_to_string(list_transform($key, lambda name: coalesce(evidence ->> name, '')), chr(31))), 1, 8
    ) as case_id,
    $detector as detector_id,
    evidence,
    coalesce(evidence ->> 'severity', $severity) as severity,
    coalesce(evidence ->> 'certainty', $certainty) as certainty,
    coalesce(evidence ->> 'verdict', 'suspected') as verdict,
    coalesce(evidence ->> 'missing_inputs', '') as missing_inputs,
    $kind as subject_kind,
    evidence ->> 'subject_id' as subject_id,
    evidence ->> 'person_id' as person_id,
    evidence ->> 'record_id' as record_id,
    evidence ->> 'registry' as registry,
    coalesce(case when $route <> 'region_code' then evidence ->> $route end, evidence ->> 'school_code') as school_code,
    evidence ->> 'region_code' as region_code,
    evidence ->> 'other_record_id' as other_record_id,
    evidence ->> 'other_registry' as other_registry,
    evidence ->> 'other_school_code' as other_school_code,
    cast(evidence ->> 'overlap_from' as date) as overlap_from,
    cast(evidence ->> 'overlap_to' as date) as overlap_to,
    cast(evidence ->> 'overlap_days' as bigint) as overlap_days,
    cast(evidence ->> 'match_probability' as double) as match_probability,
    evidence ->> 'aid_items' as aid_items,
    cast(evidence ->> 'amount_paid' as decimal(14, 2)) as amount_paid,
    cast(evidence ->> 'amount_estimated' as decimal(14, 2)) as amount_estimated,
    coalesce(cast(evidence ->> 'evidence_record_ids' as varchar[]), []) as evidence_record_ids
from finding;
