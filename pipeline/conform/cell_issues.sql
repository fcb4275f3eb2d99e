-- Optional cells that could not be read: the row was taken, the cell left empty. And what else is wrong with a rejected
-- row beside the cell that rejected_rows names.
create table if not exists main.cell_issues (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    source_row bigint not null,
    column_name varchar not null,
    issue varchar not null
);

comment on table main.cell_issues is '留空的单元格：行已入库，该格不可读 (an optional cell that could not be read)';
comment on column main.cell_issues.source is '来源 (source)';
comment on column main.cell_issues.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.cell_issues.sheet is '工作表 (sheet)';
comment on column main.cell_issues.source_row is '打开文件时看到的行号 (row number seen on opening the file)';
comment on column main.cell_issues.column_name is '列 (column)';
comment on column main.cell_issues.issue is '问题和处理办法，不含个人信息 (what is wrong and the remedy)';

create table if not exists main.rejected_cells (
    source varchar not null,
    source_file varchar not null,
    sheet varchar not null,
    source_row bigint not null,
    column_name varchar not null,
    reason varchar not null
);

comment on table main.rejected_cells is '退回行的其余问题单元格，首个见 rejected_rows (the other cells at fault of a rejected row)';
comment on column main.rejected_cells.source is '来源 (source)';
comment on column main.rejected_cells.source_file is 'exports/ 下的路径 (path below exports/)';
comment on column main.rejected_cells.sheet is '工作表 (sheet)';
comment on column main.rejected_cells.source_row is '打开文件时看到的行号 (row number seen on opening the file)';
comment on column main.rejected_cells.column_name is '列 (column)';
comment on column main.rejected_cells.reason is '原因和处理办法，不含个人信息 (reason and remedy)';
