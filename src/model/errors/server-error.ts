import type { FailureReason } from '../failure-reason.ts';

/** What kind of trouble an error number of SQL Server or Azure SQL is, at a login as in an answer to a query. */
type ServerErrorClass = Extract<
  FailureReason,
  | 'login'
  | 'permission'
  | 'unavailable'
  | 'busy'
  | 'firewall'
  | 'missing_object'
  | 'query'
  | 'protocol'
  | 'tls'
  | 'timeout'
  | 'reset'
>;

/**
 * Where Microsoft says what the numbers mean. `messages`: sys.messages and its pages "Database Engine events and errors";
 * `azure_transient`: "Troubleshoot transient connection errors in SQL Database and SQL Managed Instance"; `azure_errors`:
 * "Troubleshooting common connection issues to Azure SQL Database" and the pages on resource limits, firewall and
 * connectivity settings.
 */
type ServerErrorSource = 'messages' | 'azure_transient' | 'azure_errors';

/** Numbers of one class from one source, each with what it means. */
interface ServerErrorGroup {
  readonly class: ServerErrorClass;
  readonly source: ServerErrorSource;
  readonly numbers: Readonly<Record<number, string>>;
}

/** A number that stands nowhere here is of no class: the server's own words are all there is to say. */
const serverErrorGroups: readonly ServerErrorGroup[] = [
  {
    class: 'login',
    source: 'messages',
    numbers: {
      4062: 'the default database of the login can not be opened',
      4064: 'the default database of the login can not be opened',
      17806: 'the handshake of Windows authentication failed',
      17892: 'a logon trigger refused the login',
      18450: 'the login is of no trusted connection',
      18452: 'a Windows login from a domain that is not trusted',
      18456: 'name or password are wrong, or the login has no access',
      18463: 'the password can not be changed now',
      18464: 'the new password is too short',
      18465: 'the new password is too long',
      18466: 'the new password is not complex enough',
      18467: 'the new password was refused by the password filter',
      18468: 'the password could not be changed',
      18470: 'the account is disabled',
      18486: 'the account is locked out',
      18487: 'the password has expired',
      18488: 'the password must be changed before the first login',
      33134: 'the principal could not be found in Entra ID',
    },
  },
  {
    class: 'login',
    source: 'azure_errors',
    numbers: {
      40531: 'the name of the server does not follow from the login',
      40532: 'the gateway has no server of that name for this login',
      40607: 'Windows logins are not supported',
      40852: 'the database takes security-enabled connections only',
    },
  },
  {
    class: 'permission',
    source: 'messages',
    numbers: {
      229: 'the permission on the object was denied',
      230: 'the permission on the column was denied',
      262: 'the permission in the database was denied',
      297: 'the user may not do this',
      300: 'the permission on the server was denied',
      371: 'the permission on the type was denied',
      916: 'the login may not use the database',
      15003: 'only members of a role may run the procedure',
      15151: 'the object is not there, or not to be seen by the login',
      15247: 'the user may not do this',
      27219: 'the login may not read the error log',
    },
  },
  {
    class: 'unavailable',
    source: 'messages',
    numbers: {
      904: 'the database can not be started by itself',
      921: 'the database is not recovered yet',
      922: 'the database is being recovered',
      923: 'the database is open to its owners only',
      924: 'the database is in single-user mode and in use',
      926: 'the database is marked as suspect',
      927: 'the database is being restored',
      942: 'the database is offline',
      945: 'the database lacks files, memory or disk space',
      952: 'the database is in transition',
      954: 'the database is a mirror and is recovering',
      955: 'the mirror has no quorum',
      956: 'the mirror is not synchronized',
      976: 'the copy does not take queries: data movement is suspended, or it is not readable',
      978: 'the copy takes read-only connections only',
      979: 'the copy takes no read-only connections',
      981: 'the resource database is starting',
      982: 'the copy is not ready for read-only connections',
      983: 'the copy is neither primary nor secondary: a failover may be under way',
      4060: 'the database of the login can not be opened',
      6005: 'the server is shutting down',
      6006: 'the server was shut down',
      17142: 'the server is paused',
      17147: 'the server ends because the system shuts down',
      17148: 'the server ends because of a stop request',
      17187: 'the server is starting and takes no logins yet',
      17188: 'the server is shutting down and takes no logins',
      18401: 'the server is upgrading its databases',
      18451: 'the server takes logins of administrators only',
      18461: 'the server is in single-user mode',
    },
  },
  {
    class: 'unavailable',
    source: 'azure_transient',
    numbers: {
      40143: 'the service could not process the request',
      40166: 'the service is being reconfigured',
      40197: 'the service is being upgraded, repaired or failed over',
      40540: 'the service could not process the request',
      40613: 'the database is not available at present',
      40671: 'the gateway does not reach the management service',
      42108: 'the database is paused',
      42109: 'the database is resuming',
    },
  },
  {
    class: 'busy',
    source: 'messages',
    numbers: {
      701: 'out of memory',
      802: 'out of memory for the buffer pool',
      844: 'a time-out while waiting for a buffer latch',
      845: 'a time-out while waiting for a buffer latch',
      1105: 'out of space in a file group',
      1204: 'out of locks',
      1205: 'chosen as the victim of a deadlock',
      8628: 'a time-out while waiting for the optimization of the query',
      8645: 'a time-out while waiting for memory for the query',
      8651: 'not enough memory for the query',
      9002: 'a transaction log is full',
      17189: 'no thread could be started for the login',
      17197: 'the login took too long on a busy server',
      17300: 'no task could be started: out of memory or sessions',
      17312: 'no task could be started: out of memory',
      17803: 'out of memory for the connection',
      17809: 'as many connections as are allowed',
      18458: 'as many connections as the licence allows',
      18459: 'as many connections as the licence allows',
      18460: 'as many connections as the licence allows',
    },
  },
  {
    class: 'busy',
    source: 'azure_errors',
    numbers: {
      10928: 'a resource limit has been reached',
      10929: 'the server is too busy for more than the guaranteed share',
      10936: 'a resource limit of the elastic pool has been reached',
      40501: 'the service is busy',
      40544: 'the size limit of the database has been reached',
      40549: 'the session was ended: a long transaction',
      40550: 'the session was ended: too many locks',
      40551: 'the session was ended: too much of tempdb',
      40552: 'the session was ended: too much transaction log',
      40553: 'the session was ended: too much memory',
      40648: 'too many requests',
      45168: 'the system limits concurrent operations of the server',
      45169: 'the system limits concurrent operations of the subscription',
      49918: 'not enough resources for the request',
      49919: 'too many operations of the subscription',
      49920: 'too many operations of the subscription',
    },
  },
  {
    class: 'firewall',
    source: 'azure_errors',
    numbers: {
      40615: 'no firewall rule admits the address of this machine',
      40914: 'no virtual network rule admits the network of this machine',
      47073: 'public network access is denied',
    },
  },
  {
    class: 'missing_object',
    source: 'messages',
    numbers: {
      207: 'no such column',
      208: 'no such object',
      911: 'no such database',
      2812: 'no such procedure',
    },
  },
  {
    class: 'query',
    source: 'messages',
    numbers: {
      102: 'a syntax error',
      103: 'a name is too long',
      105: 'a quotation mark is missing',
      137: 'a variable is not declared',
      156: 'a syntax error near a keyword',
      170: 'a syntax error in a line',
      195: 'no such built-in function',
      206: 'types that do not go together',
      209: 'a column name that is not unique',
      220: 'a number that is too large for its type',
      241: 'a text that is no date',
      242: 'a date out of range',
      245: 'a text that is no number',
      319: 'a syntax error near a keyword',
      402: 'types that do not go together',
      512: 'a subquery gave more than one value',
      4104: 'a column could not be bound',
      4145: 'a condition is missing',
      8114: 'a value could not be converted',
      8115: 'a number that is too large for its type',
      8134: 'a division by zero',
      8144: 'too many arguments',
      8145: 'no such parameter',
    },
  },
  {
    class: 'protocol',
    source: 'messages',
    numbers: {
      4002: 'the request is not valid TDS',
      17828: 'the prelogin packet is not valid',
      17832: 'the login packet is not valid',
      17836: 'the length of a packet is not valid',
    },
  },
  {
    class: 'tls',
    source: 'messages',
    numbers: { 17835: 'the server demands encryption' },
  },
  {
    class: 'tls',
    source: 'azure_errors',
    numbers: { 47072: 'the server demands a newer version of TLS' },
  },
  // The server gave up waiting for a lock.
  { class: 'timeout', source: 'messages', numbers: { 1222: 'a lock was waited for too long' } },
  {
    class: 'reset',
    source: 'messages',
    numbers: { 596: 'the session was ended by somebody or something', 4014: 'the server lost the connection' },
  },
];

const classes: ReadonlyMap<number, ServerErrorClass> = new Map(
  serverErrorGroups.flatMap((group) => Object.keys(group.numbers).map((number) => [Number(number), group.class])),
);

/** The class of an error number; null for one that is not known. */
export function serverErrorClass(number: number): ServerErrorClass | null {
  return classes.get(number) ?? null;
}
