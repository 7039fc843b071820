-- How what is sealed begins: with the key that sealed it. One row a key.
select substring(sealed_secret from 1 for 5) from callback
union
select substring(sealed_settings from 1 for 5) from callback where sealed_settings is not null
union
select substring(sealed_previous from 1 for 5) from callback where sealed_previous is not null
