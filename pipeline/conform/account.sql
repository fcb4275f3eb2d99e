-- Settle the account of the deliveries.
update deliveries set
    rows_loaded = sheet_account.loaded,
    rows_rejected = sheet_account.rejected
from sheet_account
where
    deliveries.source = $source
    and deliveries.source_file = sheet_account.source_file
    and deliveries.sheet = sheet_account.sheet;
