-- On sql1: wait up to five minutes until the primary end calls the other end healthy.
SET NOCOUNT ON;
DECLARE @health nvarchar(60), @connected nvarchar(60), @tries int = 0;
WHILE @tries < 150
BEGIN
  SELECT @health = states.synchronization_health_desc, @connected = states.connected_state_desc
  FROM sys.dm_hadr_availability_replica_states AS states
  JOIN sys.availability_groups AS dag ON dag.group_id = states.group_id
  WHERE dag.name = N'DAG_Sales' AND states.is_local = 0;
  IF @health = N'HEALTHY' BREAK;
  SET @tries += 1;
  WAITFOR DELAY '00:00:02';
END;
PRINT CONCAT(N'DAG_Sales: ', @connected, N', ', @health);
IF @health IS NULL OR @health <> N'HEALTHY'
BEGIN;
  THROW 50000, N'DAG_Sales did not become healthy in five minutes: see docker compose logs sql1 sql2', 1;
END;
GO
