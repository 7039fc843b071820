-- How many partners are left alone, and how many destinations are paused.
select (select count(*) from circuit where state <> 'closed') as circuits,
       (select count(distinct destination) from paused_destination) as paused
