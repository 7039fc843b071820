delete from paused_destination
where left(destination, length(:prefix)) = :prefix
