create table if not exists runs (
    run_id varchar primary key,
    as_of date not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    rows bigint,
    cases bigint,
    new_cases bigint,
    gone_cases bigint,
    seconds double
);

comment on table runs is 'A night: one run of the pipeline, published or not (finished_at is empty).';
comment on column runs.run_id is 'Day the run is about, and which run of that day.';
comment on column runs.as_of is 'Day the run is about.';
comment on column runs.started_at is 'Instant at which it began.';
comment on column runs.finished_at is 'Instant at which it was ready to publish; empty if it never was.';
comment on column runs.rows is 'Delivered rows loaded.';
comment on column runs.cases is 'Cases that stand.';
comment on column runs.new_cases is 'Cases seen for the first time.';
comment on column runs.gone_cases is 'Cases that this night no longer saw.';
comment on column runs.seconds is 'Duration, seconds.';

create table if not exists detector_runs (
    run_id varchar not null,
    detector_id varchar not null,
    status varchar not null,
    reason varchar,
    findings bigint not null,
    seconds double not null
);

comment on table detector_runs is 'A detector in a run: whether its silence means anything.';
comment on column detector_runs.run_id is 'Run.';
comment on column detector_runs.detector_id is 'Detector.';
comment on column detector_runs.status is 'ran, skipped or failed.';
comment on column detector_runs.reason is 'Why it was skipped or failed; empty if it ran.';
comment on column detector_runs.findings is 'Rows it returned.';
comment on column detector_runs.seconds is 'Duration, seconds; 0 where unchanged inputs made it unnecessary.';
