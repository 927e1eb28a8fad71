import { utcTimestampSeconds } from './column.ts';
import { view } from './view.ts';

/** Certificates in master. The zone of their dates is undocumented: taken as UTC, which a day of slack covers. */
export const certificates = view({
  name: 'certificates',
  source: 'master.sys.certificates',
  columns: {
    certificate_id: 'int',
    name: 'nvarchar',
    principal_id: 'int null',
    pvt_key_encryption_type: 'nvarchar null',
    issuer_name: 'nvarchar null',
    subject: 'nvarchar null',
    start_date: 'utc datetime null',
    expiry_date: 'utc datetime null',
    thumbprint: 'varbinary null',
  },
  lengths: { issuer_name: 442, subject: 4000, thumbprint: 32 },
  parse: (record) => ({
    certificateId: record.certificate_id,
    name: record.name,
    principalId: record.principal_id,
    // char(2), so `NA` may come with blanks on some versions.
    privateKeyEncryption: record.pvt_key_encryption_type?.trim() ?? null,
    issuer: record.issuer_name,
    subject: record.subject,
    startTimestampSeconds: utcTimestampSeconds(record.start_date),
    expiryTimestampSeconds: utcTimestampSeconds(record.expiry_date),
    thumbprint: record.thumbprint === null ? null : Buffer.from(record.thumbprint).toString('hex').toUpperCase(),
  }),
});
