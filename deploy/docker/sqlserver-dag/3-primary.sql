-- On sql1: the database, its group without a cluster, and the distributed group over both.
USE master;
GO
CREATE DATABASE [Sales];
ALTER DATABASE [Sales] SET RECOVERY FULL;
GO
-- A database can join a group only after a full backup.
BACKUP DATABASE [Sales] TO DISK = N'/var/opt/mssql/data/Sales.bak';
GO
CREATE AVAILABILITY GROUP [AG_sql1]
  WITH (CLUSTER_TYPE = NONE)
  FOR DATABASE [Sales]
  REPLICA ON N'sql1' WITH (
    ENDPOINT_URL = N'tcp://sql1:5022',
    AVAILABILITY_MODE = SYNCHRONOUS_COMMIT,
    FAILOVER_MODE = MANUAL,
    SEEDING_MODE = AUTOMATIC
  );
GO
-- The modes are those of a link: asynchronous, manual failover, automatic seeding.
CREATE AVAILABILITY GROUP [DAG_Sales]
  WITH (DISTRIBUTED)
  AVAILABILITY GROUP ON
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
