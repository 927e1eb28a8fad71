-- On both servers: let the partner's endpoint connect, known by its certificate.
-- sqlcmd variables: Partner, PartnerPassword, PartnerCertificate (0x...).
USE master;
GO
CREATE LOGIN [$(Partner)_endpoint] WITH PASSWORD = N'$(PartnerPassword)';
CREATE USER [$(Partner)_endpoint] FOR LOGIN [$(Partner)_endpoint];
GO
CREATE CERTIFICATE [Cert_$(Partner)_endpoint]
  AUTHORIZATION [$(Partner)_endpoint]
  FROM BINARY = $(PartnerCertificate);
GO
GRANT CONNECT ON ENDPOINT::[database_mirroring_endpoint] TO [$(Partner)_endpoint];
GO
