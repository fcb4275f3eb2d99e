-- Damaged numbers of identity, cell by cell, and damage that a whole column shows. The first names people: it stays in
-- the private warehouse and is not published.
create table if not exists main.identity_cells (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    source_row bigint not null,
    column_name varchar not null,
    number varchar,
    damage varchar not null
);

comment on table main.identity_cells is '有损的证件号，含个人信息，不发布 (a damaged identity number; personal, never published)';
comment on column main.identity_cells.source is '来源 (source)';
comment on column main.identity_cells.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.identity_cells.sheet is '工作表 (sheet)';
comment on column main.identity_cells.source_row is '打开文件时看到的行号 (row number seen on opening the file)';
comment on column main.identity_cells.column_name is '列，原文见来源表 (column; the source table has the text as delivered)';
comment on column main.identity_cells.number is '规范化后的号码 (the number normalised)';
comment on column main.identity_cells.damage is 'spelling 写法 | fifteen 十五位 | id_class (what is wrong)';

create table if not exists main.column_issues (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    column_name varchar not null,
    kind varchar not null,
    cells bigint not null,
    of_cells bigint not null,
    issue varchar not null
);

comment on table main.column_issues is '整列的问题：多数单元格以同一方式受损 (damage that most cells of a column share)';
comment on column main.column_issues.source is '来源 (source)';
comment on column main.column_issues.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.column_issues.sheet is '工作表 (sheet)';
comment on column main.column_issues.column_name is '列 (column)';
comment on column main.column_issues.kind is 'rounded | scientific | lost_characters | shifted_days (问题种类)';
comment on column main.column_issues.cells is '受损的单元格数 (damaged cells)';
comment on column main.column_issues.of_cells is '可能受损的单元格数 (cells that could be)';
comment on column main.column_issues.issue is '问题和处理办法，不含个人信息 (what is wrong and the remedy)';
