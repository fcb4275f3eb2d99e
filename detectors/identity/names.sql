insert into identity.name by name
select
    spelt.name_key,
    spelt.name_class,
    spelt.shape_class,
    spelt.pinyin,
    spelt.sound,
    spelt.characters
from spelt_names as spelt;
