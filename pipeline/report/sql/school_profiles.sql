insert into main.school_profiles by name
select
    school_code,
    school_year,
    measure,
    value,
    numerator,
    denominator,
    peers_value,
    z,
    peer_group,
    peers
from feature.school_profile_z
order by school_code, school_year, measure;
