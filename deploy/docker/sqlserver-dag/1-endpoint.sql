-- On both servers: the endpoint that carries the group, its certificate, and the exporter's login.
-- sqlcmd variables: Server, KeyPassword, MilinkPassword.
USE master;
GO
CREATE MASTER KEY ENCRYPTION BY PASSWORD = '$(KeyPassword)';
GO
-- Without EXPIRY_DATE the certificate is valid for one year.
CREATE CERTIFICATE [Cert_$(Server)_endpoint] WITH SUBJECT = 'Endpoint certificate of $(Server)';
GO
CREATE ENDPOINT [database_mirroring_endpoint]
  STATE = STARTED
  AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL)
  FOR DATABASE_MIRRORING (
    ROLE = ALL,
    AUTHENTICATION = CERTIFICATE [Cert_$(Server)_endpoint],
    ENCRYPTION = REQUIRED ALGORITHM AES
  );
GO
-- All that the exporter needs: the sys.dm_hadr_* views take the first permission (VIEW SERVER STATE before SQL Server 2022);
-- without the second sys.certificates and the endpoint views return no rows.
CREATE LOGIN [milink] WITH PASSWORD = N'$(MilinkPassword)';
GRANT VIEW SERVER PERFORMANCE STATE TO [milink];
GRANT VIEW ANY DEFINITION TO [milink];
GO
