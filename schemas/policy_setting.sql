-- the packs are the truth: what they no longer say is no longer set
delete from core.policy_setting;

insert into core.policy_setting
select
    staged.key,
    staged.registry,
    staged.place,
    staged.specificity,
    staged.valid_from,
    staged.valid_to,
    staged.number,
    staged.text,
    staged.day,
    staged.pack,
    staged.clause
from policy_setting_rows as staged
order by
    staged.key,
    staged.pack,
    staged.registry,
    staged.place,
    staged.valid_from;
