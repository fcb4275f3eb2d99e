-- Every different row by itself: profiles with one number and one name are made alike, and would teach nothing of it.
update identity.alike
set
    profile_key = md5('fact|' || fact_key),
    profile_no = ('0x' || md5('fact|' || fact_key))::uhugeint;
