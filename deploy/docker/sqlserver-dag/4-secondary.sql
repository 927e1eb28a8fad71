-- On sql2: an empty group of its own, which joins the distributed group and receives the database.
USE master;
GO
CREATE AVAILABILITY GROUP [AG_sql2]
  WITH (CLUSTER_TYPE = NONE)
  FOR REPLICA ON N'sql2' WITH (
    ENDPOINT_URL = N'tcp://sql2:5022',
    AVAILABILITY_MODE = SYNCHRONOUS_COMMIT,
    FAILOVER_MODE = MANUAL,
    SEEDING_MODE = AUTOMATIC
  );
GO
-- The second group has one replica only, so automatic seeding may not create the database without this.
ALTER AVAILABILITY GROUP [AG_sql2] GRANT CREATE ANY DATABASE;
GO
ALTER AVAILABILITY GROUP [DAG_Sales]
  JOIN AVAILABILITY GROUP ON
    N'AG_sql1' WITH (
      LISTENER_URL = N'tcp://sql1:5022',
      AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT,
      FAILOVER_MODE = MANUAL,
      SEEDING_MODE = AUTOMATIC
    ),
    N'AG_sql2' WITH (
      LISTENER_URL = N'tcp://sql2:5022',
      AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT,
      FAILOVER_MODE = MANUAL,
      SEEDING_MODE = AUTOMATIC
    );
GO
