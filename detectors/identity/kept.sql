-- What a night leaves for the next one: all that follows from what rows say, keyed by what they say.
create table if not exists identity.number_value (
    written varchar,
    number_class varchar,
    number varchar,
    born_on date,
    sex varchar
);

create table if not exists identity.name_value (
    written varchar,
    name_key varchar,
    former_key varchar
);

create table if not exists identity.name (
    name_key varchar,
    name_class varchar,
    shape_class varchar,
    pinyin varchar,
    sound varchar,
    characters varchar
);

create table if not exists identity.row_fact (
    record_id varchar,
    print ubigint,
    fact_key varchar
);

create table if not exists identity.stated (
    fact_key varchar,
    records bigint,
    first_place struct(
        source varchar,
        source_file varchar,
        sheet varchar,
        source_row bigint,
        record_id varchar
    ),
    name_key varchar,
    name_class varchar,
    sound varchar,
    former_key varchar,
    bracketed_key varchar,
    sex varchar,
    born_on date,
    number varchar,
    number_class varchar,
    number_born_on date,
    number_sex varchar,
    national_no varchar,
    exam_no varchar,
    phone varchar,
    guardian_key varchar,
    guardian_phone varchar,
    guardian_number varchar,
    address varchar,
    account_no varchar,
    school_code varchar,
    origin_school varchar,
    local_no varchar,
    student_no varchar,
    embedded_number varchar,
    lifelong_number varchar
);

create table if not exists identity.disputed (fact_key varchar, is_borrowed boolean);

create table if not exists identity.alike (
    fact_key varchar,
    is_disputed boolean,
    is_borrowed boolean,
    profile_key varchar,
    profile_no uhugeint
);

create table if not exists identity.shared_value (kind varchar, value varchar, names bigint);

create table if not exists identity.profile (
    profile_no uhugeint,
    profile_key varchar,
    records bigint,
    first_place struct(
        source varchar,
        source_file varchar,
        sheet varchar,
        source_row bigint,
        record_id varchar
    ),
    name_key varchar,
    name_class varchar,
    number varchar,
    number_class varchar,
    number_born_on date,
    number_sex varchar,
    is_disputed boolean,
    is_borrowed boolean,
    sex varchar,
    stated_births date[],
    former_keys varchar[],
    bracketed_keys varchar[],
    embedded_numbers varchar[],
    lifelong_number varchar,
    student_nos varchar[],
    exam_nos varchar[],
    own_phones varchar[],
    guardian_phones varchar[],
    guardian_keys varchar[],
    guardian_numbers varchar[],
    addresses varchar[],
    accounts varchar[],
    schools varchar[],
    origins varchar[],
    record_id varchar,
    own_number varchar,
    known_number varchar,
    births date[],
    born_on date,
    known_sex varchar,
    phones varchar[]
);

create or replace view identity.row_profile as
select
    row_fact.record_id,
    alike.profile_no
from identity.row_fact as row_fact
inner join identity.alike as alike on row_fact.fact_key = alike.fact_key;

-- block: a digest of kind and value, quicker to look for; it only ever finds too much
create table if not exists identity.key (kind varchar, value varchar, profile_no uhugeint, block ubigint);

create table if not exists identity.split_block (
    kind varchar,
    value_digest varchar,
    profiles bigint,
    value varchar
);

create table if not exists identity.common_name (name_class varchar);

create table if not exists identity.asked_profile (profile_no uhugeint);

create table if not exists identity.agreement (
    profile_a uhugeint,
    profile_b uhugeint,
    kinds varchar,
    number varchar,
    name varchar,
    birth varchar,
    sex varchar,
    phone varchar,
    guardian varchar,
    student_no varchar,
    exam_no varchar,
    school varchar,
    origin varchar,
    address varchar,
    account varchar
);

create table if not exists identity.profile_link (
    profile_no uhugeint,
    person_id varchar,
    match_probability double,
    match_reason varchar
);

-- what all of it was worked out by, and for which night; no row while a night is at work
create table if not exists identity.kept_night (
    digest varchar,
    as_of date,
    links bigint,
    persons bigint
);
