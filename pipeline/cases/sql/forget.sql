-- A night that runs again replaces what it said before, and what later nights said on top of it.
delete from work.night
where as_of >= $as_of;

delete from work.sighting
where as_of >= $as_of;

delete from work.case_content
where as_of >= $as_of;

delete from work.case_pair
where as_of >= $as_of;

insert into work.night (as_of) values ($as_of);
