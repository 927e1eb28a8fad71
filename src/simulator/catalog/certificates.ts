import { nullable, nvarchar, required, sqlTypes, varbinary } from './column.ts';
import type { Table } from './table.ts';

/** sys.certificates, as master holds it. */
export const certificates: Table = {
  schema: 'sys',
  name: 'certificates',
  access: 'definition',
  columns: [
    required('name', sqlTypes.sysname),
    required('certificate_id', sqlTypes.int),
    nullable('principal_id', sqlTypes.int),
    required('pvt_key_encryption_type', { name: 'char', length: 2 }),
    nullable('pvt_key_encryption_type_desc', sqlTypes.description),
    nullable('is_active_for_begin_dialog', sqlTypes.bit),
    nullable('issuer_name', nvarchar(442)),
    nullable('cert_serial_number', nvarchar(64)),
    nullable('sid', varbinary(85)),
    nullable('string_sid', nvarchar(128)),
    nullable('subject', nvarchar(4000)),
    nullable('expiry_date', sqlTypes.datetime),
    nullable('start_date', sqlTypes.datetime),
    required('thumbprint', varbinary(32)),
    nullable('attested_by', nvarchar(260)),
    nullable('pvt_key_last_backup_date', sqlTypes.datetime),
  ],
};
