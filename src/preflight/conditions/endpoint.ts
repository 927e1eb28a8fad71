import { quoteName } from '../../text/tsql.ts';
import { type Condition, failed, fromRows, type Outcome, passed, type Side, untold, warned } from '../condition.ts';
import { endpoints, listeners } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const always = ['create', 'failover', 'failback'] as const;

/** The endpoint that carries the link. */
export const endpointConditions: readonly Condition[] = [
  {
    id: 'endpoint',
    title: 'the mirroring endpoint is fit for a link, or not made yet',
    level: 'blocker',
    goals: always,
    sides: sqlServer,
    questions: [endpoints],
    source: 'Microsoft, configure a link with scripts; error 7862: an instance has one such endpoint at most',
    judge: ({ sqlServer: side, goal }) =>
      fromRows({ side, question: endpoints }, ([endpoint]) => {
        if (endpoint !== undefined) return endpointOutcomes(side, endpoint);
        return [
          goal === 'create'
            ? passed(side.server, 'there is none yet: the creation of the link makes it.')
            : failed(side.server, 'there is none.'),
        ];
      }),
  },
  {
    id: 'endpoint_address',
    title: 'the endpoint listens on every address',
    level: 'advice',
    goals: always,
    sides: sqlServer,
    questions: [endpoints, listeners],
    source: 'Microsoft, prepare your environment; named instances of one host need ports of their own',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: endpoints }, ([endpoint]) =>
        endpoint === undefined
          ? []
          : fromRows({ side, question: listeners }, (rows) => {
              const found = rows.find(({ endpoint_id }) => endpoint_id === endpoint.endpoint_id);
              if (found === undefined) return [untold(side.server, 'sys.tcp_endpoints does not show it.')];
              return [
                found.ip_address === null
                  ? passed(side.server, `it listens on every address, port ${found.port}.`)
                  : warned(
                      side.server,
                      `it listens on ${found.ip_address} alone, port ${found.port}: the managed instance has to reach that very address.`,
                    ),
              ];
            }),
      ),
  },
];

interface Endpoint {
  readonly name: string;
  readonly state_desc: string | null;
  readonly role_desc: string | null;
  readonly connection_auth_desc: string | null;
  readonly encryption_algorithm_desc: string | null;
}

function endpointOutcomes({ server }: Side, endpoint: Endpoint): readonly Outcome[] {
  const {
    name,
    state_desc: state,
    role_desc: role,
    connection_auth_desc: authentication,
    encryption_algorithm_desc: encryption,
  } = endpoint;
  const alter = (rest: string): { server: string; statement: string } => ({
    server,
    statement: `ALTER ENDPOINT ${quoteName(name)} ${rest}`,
  });
  const wrong = [
    ...(state === 'STARTED'
      ? []
      : [failed(server, `${name} is ${state ?? 'in no known state'}.`, alter('STATE = STARTED'))]),
    ...(role === 'ALL'
      ? []
      : [failed(server, `${name} has the role ${role}, not ALL.`, alter('FOR DATABASE_MIRRORING (ROLE = ALL)'))]),
    ...(authentication?.includes('CERTIFICATE')
      ? []
      : [
          failed(
            server,
            `${name} takes ${authentication} only: the managed instance proves itself with a certificate. Keep what is there, its own replicas need it.`,
            alter(
              `FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = WINDOWS ${authentication ?? 'NEGOTIATE'} CERTIFICATE [certificate])`,
            ),
          ),
        ]),
    ...(encryption?.includes('AES')
      ? []
      : [
          failed(
            server,
            `${name} encrypts with ${encryption}, the managed instance demands AES.`,
            alter('FOR DATABASE_MIRRORING (ROLE = ALL, ENCRYPTION = REQUIRED ALGORITHM AES)'),
          ),
        ]),
  ];
  return wrong.length > 0
    ? wrong
    : [passed(server, `${name} is started, for ALL, with ${authentication} and ${encryption}.`)];
}
