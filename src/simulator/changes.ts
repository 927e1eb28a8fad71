import type { Row } from './row.ts';
import { certificateRow, certificatesOf, derOf } from './world/rows/certificates.ts';
import { madeEndpointRow } from './world/rows/endpoints.ts';
import type { CertificateState } from './world/state.ts';
import type { EndView } from './world/view.ts';

/** A certificate that somebody made on a simulated server. */
type MadeCertificate = Pick<
  CertificateState,
  'name' | 'certificateId' | 'subject' | 'startMilliseconds' | 'expiryMilliseconds'
>;

/** An endpoint for mirroring that somebody made. */
export interface MadeEndpoint {
  readonly name: string;
  readonly endpointId: number;
  readonly port: number;
  readonly certificateId: number;
}

/** What an administrator did to the endpoint and the certificates of the scenario itself. */
interface Rotation {
  /** The certificate that the scenario's endpoint uses now; null: its own. */
  readonly endpointCertificateId: number | null;
  readonly droppedCertificateIds: readonly number[];
}

/** The scenario's endpoint and certificates as they are. */
export const noRotation: Rotation = { endpointCertificateId: null, droppedCertificateIds: [] };

/** What was made on a simulated server beside its scenario; it outlives connections, as in a database. */
export interface Changes {
  certificates: readonly MadeCertificate[];
  endpoints: readonly MadeEndpoint[];
  /** Until the scenario is set anew. */
  rotation: Rotation;
  /** Procedures by lower-case name; what a body is, only the engine knows. */
  readonly procedures: Map<string, { readonly name: string; readonly database: string; readonly body: unknown }>;
}

/** Nothing was made yet. */
export function noChanges(): Changes {
  return { certificates: [], endpoints: [], rotation: noRotation, procedures: new Map() };
}

const firstCertificateId = 400;
const firstEndpointId = 65_600;

/** The next free ids. */
export function nextIds({ certificates, endpoints }: Changes): {
  readonly certificate: number;
  readonly endpoint: number;
} {
  const after = (ids: readonly number[], first: number): number => Math.max(first - 1, ...ids) + 1;
  return {
    certificate: after(
      certificates.map(({ certificateId }) => certificateId),
      firstCertificateId,
    ),
    endpoint: after(
      endpoints.map(({ endpointId }) => endpointId),
      firstEndpointId,
    ),
  };
}

/** The certificate with this id in `master`, DER, whoever made it; null for none. */
export function encodedCertificateOf(view: EndView, changes: Changes, certificateId: number): Uint8Array | null {
  const all = [...certificatesOf(view), ...changes.certificates.map(stateOf)];
  const found = all.find((each) => each.certificateId === certificateId);
  const isThere = found !== undefined && !changes.rotation.droppedCertificateIds.includes(certificateId);
  return isThere ? derOf(found) : null;
}

function stateOf(certificate: MadeCertificate): CertificateState {
  return {
    ...certificate,
    privateKey: 'ENCRYPTED_BY_MASTER_KEY',
    issuer: certificate.subject,
    serialNumber: String(certificate.certificateId).padStart(32, '0'),
    isEndpointCertificate: false,
    isHidden: false,
  };
}

/** The rows of a view of the scenario with what these changes make of it. */
export function changedRows(changes: Changes, view: EndView, table: string, rows: Iterable<Row>): Iterable<Row> {
  const added = addedRows(changes, view, table);
  const { endpointCertificateId: certificateId, droppedCertificateIds: dropped } = changes.rotation;
  if (table === 'certificates' && dropped.length > 0) {
    return [...[...rows].filter((row) => !dropped.includes(Number(row.certificate_id))), ...added];
  }
  if (table === 'database_mirroring_endpoints' && certificateId !== null) {
    return [...[...rows].map((row) => ({ ...row, certificate_id: certificateId })), ...added];
  }
  return added.length === 0 ? rows : [...rows, ...added];
}

function addedRows({ certificates, endpoints, procedures }: Changes, view: EndView, table: string): readonly Row[] {
  switch (table) {
    case 'certificates':
      return certificates.map((certificate) => certificateRow(stateOf(certificate)));
    case 'endpoints':
    case 'tcp_endpoints':
    case 'database_mirroring_endpoints':
      return endpoints.map((endpoint) => madeEndpointRow(view, endpoint));
    case 'objects':
      return [...procedures.values()].map(({ name }, index) => ({
        name,
        object_id: 1_000_000 + index,
        schema_id: 1,
        parent_object_id: 0,
        type: 'P ',
        type_desc: 'SQL_STORED_PROCEDURE',
        create_date: view.local(view.world.nowMilliseconds),
        modify_date: view.local(view.world.nowMilliseconds),
        is_ms_shipped: false,
      }));
    default:
      return [];
  }
}
