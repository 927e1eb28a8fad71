import type { Row } from '../../row.ts';
import { coded } from '../codes.ts';
import type { EndView } from '../view.ts';

const firstUserEndpointId = 65_536;

interface EndpointFacts {
  readonly name: string;
  readonly id: number;
  readonly protocol: 'TCP' | 'NAMED_PIPES' | 'SHARED_MEMORY';
  readonly payload: 'TSQL' | 'DATABASE_MIRRORING';
  readonly isAdmin: boolean;
}

const protocols = { TCP: 2, NAMED_PIPES: 3, SHARED_MEMORY: 4 } as const;
const payloads = { TSQL: 2, DATABASE_MIRRORING: 4 } as const;

const mirroring: EndpointFacts = {
  name: 'database_mirroring_endpoint',
  id: firstUserEndpointId,
  protocol: 'TCP',
  payload: 'DATABASE_MIRRORING',
  isAdmin: false,
};

/** The endpoints that every server is born with, and the one that carries the link. */
const all: readonly EndpointFacts[] = [
  { name: 'Dedicated Admin Connection', id: 1, protocol: 'TCP', payload: 'TSQL', isAdmin: true },
  { name: 'TSQL Local Machine', id: 2, protocol: 'SHARED_MEMORY', payload: 'TSQL', isAdmin: false },
  { name: 'TSQL Named Pipes', id: 3, protocol: 'NAMED_PIPES', payload: 'TSQL', isAdmin: false },
  { name: 'TSQL Default TCP', id: 4, protocol: 'TCP', payload: 'TSQL', isAdmin: false },
  mirroring,
];

function made({ world, end }: EndView): readonly EndpointFacts[] {
  return world.preparation[end].hasEndpoint ? all : all.filter((endpoint) => endpoint !== mirroring);
}

/** sys.endpoints. */
export function endpointRows(view: EndView): readonly Row[] {
  return made(view).map((endpoint) => inherited(view, endpoint));
}

/** sys.tcp_endpoints. */
export function tcpEndpointRows(view: EndView): readonly Row[] {
  const { port, ipAddress } = view.world.endpoints[view.end];
  return made(view)
    .filter(({ protocol }) => protocol === 'TCP')
    .map((endpoint) => ({
      ...inherited(view, endpoint),
      port: endpoint === mirroring ? port : 0,
      is_dynamic_port: false,
      ip_address: endpoint === mirroring ? ipAddress : null,
    }));
}

/** sys.database_mirroring_endpoints. One that lets nobody in by certificate has the id 0. */
export function mirroringEndpointRows(view: EndView): readonly Row[] {
  if (!made(view).includes(mirroring)) return [];
  const own = view.world.certificates[view.end].find((certificate) => certificate.isEndpointCertificate);
  const { authentication, encryption } = view.world.endpoints[view.end];
  return [
    {
      ...inherited(view, mirroring),
      role: 3,
      role_desc: 'ALL',
      is_encryption_enabled: encryption !== 'NONE',
      ...coded('connection_auth', authentication),
      certificate_id: authentication.includes('CERTIFICATE') ? (own?.certificateId ?? 0) : 0,
      ...coded('encryption_algorithm', encryption),
    },
  ];
}

/** The row of an endpoint that somebody made, with the columns of every endpoint view. */
export function madeEndpointRow(
  view: EndView,
  made: { readonly name: string; readonly endpointId: number; readonly port: number; readonly certificateId: number },
): Row {
  return {
    ...inherited(view, { ...mirroring, name: made.name, id: made.endpointId }),
    port: made.port,
    is_dynamic_port: false,
    ip_address: null,
    role: 3,
    role_desc: 'ALL',
    is_encryption_enabled: true,
    ...coded('connection_auth', 'CERTIFICATE'),
    certificate_id: made.certificateId,
    ...coded('encryption_algorithm', 'AES'),
  };
}

function inherited(view: EndView, endpoint: EndpointFacts): Row {
  return {
    name: endpoint.name,
    endpoint_id: endpoint.id,
    principal_id: 1,
    protocol: protocols[endpoint.protocol],
    protocol_desc: endpoint.protocol,
    type: payloads[endpoint.payload],
    type_desc: endpoint.payload,
    ...coded('endpoint_state', endpoint === mirroring ? view.world.endpoints[view.end].state : 'STARTED', 'state'),
    is_admin_endpoint: endpoint.isAdmin,
  };
}
