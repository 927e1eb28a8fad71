-- Generated from src/grants by `npm run generate`: edit that, not this file.
-- The login of milink-exporter on SQL Server 2022 and later: the least that it needs, to read and never to write.
-- Run it as a member of sysadmin. It can be run again: what is there already stays.
USE [master];

-- A login of the server itself. Put a long password of its own here, and nowhere else in clear.
IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = N'milink')
    CREATE LOGIN [milink] WITH PASSWORD = N'<password>', DEFAULT_DATABASE = [master];

-- Roles, health, queues and seeding: the views sys.dm_hadr_*; how full the logs are: sys.dm_os_performance_counters.
GRANT VIEW SERVER PERFORMANCE STATE TO [milink];

-- Groups, replicas, endpoints, certificates and log files: catalog views show no rows without it, and no error.
GRANT VIEW ANY DEFINITION TO [milink];

-- The errors of a link: only where error_log is enabled in the configuration.
-- GRANT VIEW ANY ERROR LOG TO [milink];

-- All that the login has been given. More than CONNECT SQL and the above is more than it needs.
SELECT permission_name, state_desc FROM sys.server_permissions WHERE grantee_principal_id IN
    (SELECT principal_id FROM sys.server_principals WHERE name = N'milink');
