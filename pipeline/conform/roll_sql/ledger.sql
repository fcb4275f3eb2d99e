-- What lists of the registries showed, kept for good: --full and a new product leave the schema work as it is.
create schema if not exists work;

create table if not exists work.roll_list (
    source varchar not null,
    source_file varchar not null,
    sha256 varchar not null,
    seen_on date not null
);

create table if not exists work.roll_seen (
    registry varchar not null,
    school_code varchar not null,
    student_key varchar not null,
    first_seen_on date not null,
    last_seen_on date not null,
    days_seen integer not null,
    vanished_on date,
    is_latest boolean not null,
    person_id varchar,
    student_no varchar not null,
    name varchar not null,
    id_number varchar,
    birth_date date,
    status varchar not null,
    grade varchar,
    class_name varchar,
    major_code varchar,
    study_form varchar not null,
    entry_month integer,
    registered_on date,
    expected_end integer,
    left_on date,
    state_digest ubigint not null,
    source_file varchar not null
);
