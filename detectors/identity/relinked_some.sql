-- Rows whose person, or what is known of it, is not as it was last night, and the persons whom they came to or left.
create or replace temp table relinked as
with moved as (
    select coalesce(tonight.profile_no, known.profile_no) as profile_no
    from link_tonight as tonight
    full join identity.profile_link as known on tonight.profile_no = known.profile_no
    where
        tonight.person_id is distinct from known.person_id
        or tonight.match_probability is distinct from known.match_probability
        or tonight.match_reason is distinct from known.match_reason

    union

    select changed_profile.profile_no
    from changed_profile
)

select row_profile.record_id
from identity.row_profile as row_profile
semi join moved on row_profile.profile_no = moved.profile_no

union

select row_gone.record_id
from row_gone;

create or replace temp table renewed_person as
select link.person_id
from core.person_link as link
semi join relinked on link.record_id = relinked.record_id
group by link.person_id;

delete from core.person_link
where record_id in (select relinked.record_id from relinked);

insert into core.person_link by name
select
    row_profile.record_id,
    link.person_id,
    link.match_probability,
    link.match_reason
from identity.row_profile as row_profile
semi join relinked on row_profile.record_id = relinked.record_id
inner join link_tonight as link on row_profile.profile_no = link.profile_no;

insert into renewed_person by name
select link.person_id
from core.person_link as link
semi join relinked on link.record_id = relinked.record_id
anti join renewed_person as known on link.person_id = known.person_id
group by link.person_id;

delete from core.person
where person_id in (select renewed.person_id from renewed_person as renewed);

create or replace temp macro linked_row() as table
    select
        link.record_id,
        link.person_id
    from core.person_link as link
    semi join renewed_person on link.person_id = renewed_person.person_id;

create or replace temp macro linked_profile() as table
    select
        link.profile_no,
        link.person_id
    from link_tonight as link
    semi join renewed_person on link.person_id = renewed_person.person_id;
