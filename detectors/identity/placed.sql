-- Where a row's profile is.
select row_profile.profile_no
from identity.row_profile as row_profile
where row_profile.record_id = $record_id
