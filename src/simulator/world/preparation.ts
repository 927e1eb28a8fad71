/** What a server runs on. */
export type Platform = 'Windows' | 'Linux';

/** How SQL Server Agent is: `disabled`: the option Agent XPs is off; `absent`: the edition has none. */
export type AgentState = 'running' | 'stopped' | 'disabled' | 'absent';

/** What the user databases of an end are like, beside their part in a link. */
export interface DatabasePreparation {
  readonly recoveryModel: 'FULL' | 'BULK_LOGGED' | 'SIMPLE';
  /** A full backup was taken, so that backups of the log have something to begin with. */
  readonly hasFullBackup: boolean;
  readonly isAutoCloseOn: boolean;
  readonly isReadOnly: boolean;
  readonly userAccess: 'MULTI_USER' | 'SINGLE_USER' | 'RESTRICTED_USER';
  /** Accelerated database recovery, and the filegroup of its version store; null: off. */
  readonly versionStoreFilegroup: number | null;
  readonly isBrokerEnabled: boolean;
  readonly isPublished: boolean;
  readonly logFiles: number;
  /** Beside PRIMARY: FD holds FILESTREAM data, FX memory-optimized tables. */
  readonly furtherFilegroups: readonly ('FG' | 'FD' | 'FX')[];
  /** What encrypts the key of transparent data encryption; null: the database is not encrypted. */
  readonly encryptor: 'CERTIFICATE' | 'ASYMMETRIC KEY' | null;
  /** The log that each of them has written since the server was started, as a rate. */
  readonly logBytesPerSecond: number;
}

/** What was prepared on a server for a link, or was not. */
export interface Preparation {
  readonly isHadrEnabled: boolean;
  readonly hasMasterKey: boolean;
  /** The endpoint that carries the link was made. */
  readonly hasEndpoint: boolean;
  /** The certificates of the other end and of the authorities were imported. */
  readonly hasImportedCertificates: boolean;
  readonly traceFlags: readonly number[];
  readonly platform: Platform;
  readonly agent: AgentState;
  readonly hasHealthSession: boolean;
  /** Names of certificates and jobs that tests left behind. */
  readonly leftOverCertificates: readonly string[];
  readonly leftOverJobs: readonly string[];
  readonly databases: DatabasePreparation;
  /** Of a managed instance. */
  readonly tier: 'GeneralPurpose' | 'BusinessCritical';
  readonly virtualCores: number;
  readonly reservedStorageMegabytes: number;
}

/** A preparation as a scenario changes it. */
export type PreparationChange = Partial<Omit<Preparation, 'databases'>> & {
  readonly databases?: Partial<DatabasePreparation>;
};

/** Everything as Microsoft's pages ask. */
const ordinary: Preparation = {
  isHadrEnabled: true,
  hasMasterKey: true,
  hasEndpoint: true,
  hasImportedCertificates: true,
  traceFlags: [1800, 9567],
  platform: 'Windows',
  agent: 'running',
  hasHealthSession: true,
  leftOverCertificates: [],
  leftOverJobs: [],
  databases: {
    recoveryModel: 'FULL',
    hasFullBackup: true,
    isAutoCloseOn: false,
    isReadOnly: false,
    userAccess: 'MULTI_USER',
    versionStoreFilegroup: 1,
    isBrokerEnabled: true,
    isPublished: false,
    logFiles: 1,
    furtherFilegroups: [],
    encryptor: null,
    logBytesPerSecond: 262_144,
  },
  tier: 'GeneralPurpose',
  virtualCores: 8,
  reservedStorageMegabytes: 1_048_576,
};

/** The ordinary preparation with what a scenario changes of it. */
export function preparationWith(change: PreparationChange = {}): Preparation {
  return { ...ordinary, ...change, databases: { ...ordinary.databases, ...change.databases } };
}
