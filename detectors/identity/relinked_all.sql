-- On the first night every row is linked and every person is new.
delete from core.person_link;

delete from core.person;

insert into core.person_link by name
select
    row_profile.record_id,
    link.person_id,
    link.match_probability,
    link.match_reason
from identity.row_profile as row_profile
inner join link_tonight as link on row_profile.profile_no = link.profile_no;

create or replace temp macro linked_row() as table
    select
        link.record_id,
        link.person_id
    from core.person_link as link;

create or replace temp macro linked_profile() as table
    select
        link.profile_no,
        link.person_id
    from link_tonight as link;
