-- On a night on which most is new most profiles are compared.
create or replace temp macro compared_profile() as table
    select profile.*  -- noqa: AM04
    from identity.profile as profile;
