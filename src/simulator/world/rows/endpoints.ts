import type { Row } from '../../instance.ts';
import { coded } from '../codes.ts';
import type { EndView } from '../view.ts';

const mirroringPort = 5022;
const firstUserEndpointId = 65_536;

interface EndpointFacts {
  readonly name: string;
  readonly id: number;
  readonly protocol: 'TCP' | 'NAMED_PIPES' | 'SHARED_MEMORY';
  readonly payload: 'TSQL' | 'DATABASE_MIRRORING';
  readonly isAdmin: boolean;
  readonly port: number;
}

const protocols = { TCP: 2, NAMED_PIPES: 3, SHARED_MEMORY: 4 } as const;
const payloads = { TSQL: 2, DATABASE_MIRRORING: 4 } as const;

const mirroring: EndpointFacts = {
  name: 'database_mirroring_endpoint',
  id: firstUserEndpointId,
  protocol: 'TCP',
  payload: 'DATABASE_MIRRORING',
  isAdmin: false,
  port: mirroringPort,
};

/** The endpoints that every server is born with, and the one that carries the link. */
const all: readonly EndpointFacts[] = [
  { name: 'Dedicated Admin Connection', id: 1, protocol: 'TCP', payload: 'TSQL', isAdmin: true, port: 0 },
  { name: 'TSQL Local Machine', id: 2, protocol: 'SHARED_MEMORY', payload: 'TSQL', isAdmin: false, port: 0 },
  { name: 'TSQL Named Pipes', id: 3, protocol: 'NAMED_PIPES', payload: 'TSQL', isAdmin: false, port: 0 },
  { name: 'TSQL Default TCP', id: 4, protocol: 'TCP', payload: 'TSQL', isAdmin: false, port: 0 },
  mirroring,
];

/** sys.endpoints. */
export function endpointRows(): readonly Row[] {
  return all.map(inherited);
}

/** sys.tcp_endpoints. */
export function tcpEndpointRows(): readonly Row[] {
  return all
    .filter(({ protocol }) => protocol === 'TCP')
    .map((endpoint) => ({ ...inherited(endpoint), port: endpoint.port, is_dynamic_port: false }));
}

/** sys.database_mirroring_endpoints: certificate authentication and AES, as the link needs. */
export function mirroringEndpointRows(view: EndView): readonly Row[] {
  const own = view.world.certificates[view.end].find((certificate) => certificate.isEndpointCertificate);
  return [
    {
      ...inherited(mirroring),
      role: 3,
      role_desc: 'ALL',
      is_encryption_enabled: true,
      connection_auth: 4,
      connection_auth_desc: 'CERTIFICATE',
      certificate_id: own?.certificateId ?? 0,
      encryption_algorithm: 2,
      encryption_algorithm_desc: 'AES',
    },
  ];
}

function inherited(endpoint: EndpointFacts): Row {
  return {
    name: endpoint.name,
    endpoint_id: endpoint.id,
    principal_id: 1,
    protocol: protocols[endpoint.protocol],
    protocol_desc: endpoint.protocol,
    type: payloads[endpoint.payload],
    type_desc: endpoint.payload,
    ...coded('endpoint_state', 'STARTED', 'state'),
    is_admin_endpoint: endpoint.isAdmin,
  };
}
