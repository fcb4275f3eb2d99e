create schema if not exists work;

-- The account of what was delivered: every file and sheet, and every row that could not be taken.
create table if not exists main.deliveries (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    sha256 varchar,
    rows_read bigint not null,
    rows_loaded bigint not null,
    rows_rejected bigint not null,
    status varchar not null,
    message varchar not null,
    first_loaded_at date not null,
    bytes bigint not null,
    modified_ns bigint not null,
    contract varchar not null,
    copy_of varchar,
    exported_on date,
    replaced_by varchar,
    rows_replaced bigint,
    remark varchar,
    packed struct(archive varchar, bytes bigint, members integer[])
);

-- Accounts of an older product lack these.
alter table main.deliveries add column if not exists exported_on date;
alter table main.deliveries add column if not exists replaced_by varchar;
alter table main.deliveries add column if not exists rows_replaced bigint;
alter table main.deliveries add column if not exists remark varchar;
alter table main.deliveries add column if not exists packed struct(archive varchar, bytes bigint, members integer[]);

comment on table main.deliveries is '交付账：每个文件、每张工作表一行 (a file and sheet); rows_read = rows_loaded + rows_rejected';
comment on column main.deliveries.source is '来源，即 exports/ 下的文件夹 (source: the folder below exports/)';
comment on column main.deliveries.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.deliveries.sheet is '工作表，没有则为空字符串 (sheet, empty where there is none)';
comment on column main.deliveries.sha256 is '文件内容摘要，未打开则为空 (digest of the file, null if it was not opened)';
comment on column main.deliveries.rows_read is '读到的数据行数，不含标题、表头、合计、落款和空行 (data rows read)';
comment on column main.deliveries.rows_loaded is '入库行数 (rows loaded)';
comment on column main.deliveries.rows_rejected is '退回行数，逐行见 rejected_rows (rows rejected, each in rejected_rows)';
comment on column main.deliveries.status is 'loaded 已入库 | refused 拒收 | empty 空表 | copy 重复 | replaced 已被替换 (outcome)';
comment on column main.deliveries.message is '说明与处理办法，不含个人信息 (what is wrong or notable, and the remedy)';
comment on column main.deliveries.first_loaded_at is '该内容首次入库的批次日期 (as-of day on which this content was first read)';
comment on column main.deliveries.bytes is '文件大小，字节 (size of the file)';
comment on column main.deliveries.modified_ns is '文件修改时间，纳秒 (modification time, to see changes without opening)';
comment on column main.deliveries.contract is '读取时所依合同的摘要 (digest of the contracts it was read by)';
comment on column main.deliveries.copy_of is '内容相同且已计入的文件 (the file of equal content that was counted instead)';

comment on column main.deliveries.exported_on is '导出日期，取自文件名或表头表尾，未知则为空 (day of export, null if unknown)';
comment on column main.deliveries.replaced_by is '替换本文件的更新导出 (the newer export that replaced the file)';
comment on column main.deliveries.rows_replaced is '被替换前读到的行数 (rows read before the file was replaced)';
comment on column main.deliveries.remark is '说明中关于重复交付的部分 (the part of the message on a list delivered twice)';
comment on column main.deliveries.packed is '所在压缩包：路径、大小、包内序号，不在包内则为空 (the archive the file lies in, null if in none)';

create table if not exists main.rejected_rows (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    source_row bigint not null,
    column_name varchar,
    reason varchar not null,
    stage varchar not null
);

comment on table main.rejected_rows is '退回的行：未能入库，附原因和处理办法 (a delivered row that could not be taken)';
comment on column main.rejected_rows.source is '来源 (source)';
comment on column main.rejected_rows.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.rejected_rows.sheet is '工作表 (sheet)';
comment on column main.rejected_rows.source_row is '打开文件时看到的行号 (row number seen on opening the file)';
comment on column main.rejected_rows.column_name is '有问题的列，整行不可读时为空 (the column at fault, null for all of the row)';
comment on column main.rejected_rows.reason is '原因和处理办法，不含个人信息 (reason and remedy)';
comment on column main.rejected_rows.stage is 'read 读取时退回 | type 转换类型时退回 (where it was rejected)';

-- The rows of replaced files as digests: whether a newer file still repeats them is asked again when files change.
create table if not exists work.replaced_key (
    source varchar not null,
    source_file varchar not null,
    school_code varchar not null,
    row_key ubigint not null
);

-- Sources whose files changed since re-deliveries were last looked for; a killed night leaves its sources here.
create table if not exists work.unsettled (
    source varchar primary key
);
