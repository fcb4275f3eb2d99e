create or replace table identity.name as
select
    spelt.name_key,
    spelt.name_class,
    spelt.shape_class,
    spelt.pinyin,
    spelt.sound,
    spelt.characters
from spelt_names as spelt;
