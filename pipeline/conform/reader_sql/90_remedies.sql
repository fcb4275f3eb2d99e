-- What a school is told of a column that was stored as numbers.
create or replace macro rounded_remedy(header, cells, of_cells, is_scientific) as
header || '：按数字保存，' || of_cells || ' 个号码中 ' || cells || ' 个'
|| case when is_scientific then '只剩前几位' else '第 15 位以后变成了 0 或错位' end
|| '；请先把该列设为“文本”格式再录入，或从原系统按文本重新导出 (stored as a number: ' || cells || ' of ' || of_cells || ' numbers '
|| case when is_scientific then 'keep only their first digits' else 'lost their digits after the fifteenth' end
|| '; format the column as text before entering, or export again as text)';
