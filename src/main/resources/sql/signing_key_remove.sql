delete from signing_key
where good_until < current_timestamp - interval '1' day
