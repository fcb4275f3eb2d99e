insert into work.roll_list
select
    source,
    source_file,
    sha256,
    seen_on
from unseen_list
order by all;
