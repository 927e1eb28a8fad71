/** English (United States) and French, as sys.messages numbers languages; a server's log is in one of them. */
export type LanguageId = 1033 | 1036;

/** A message of sys.messages that has to do with a link. */
export interface Message {
  readonly number: number;
  /** 10 and below is written to the error log as its text alone. */
  readonly severity: number;
  /** `%ls` and `%d` stand for arguments in English, `%1!` and so on in other languages, as in sys.messages. */
  readonly texts: Readonly<Record<LanguageId, string>>;
  /** Documented for managed instances only. */
  readonly isManagedInstanceOnly: boolean;
}

const ends = 'between the local availability replica and the remote one';
const endsFrench = 'entre le réplica de disponibilité local et le réplica distant';

/** Number, severity, English, French. In the simulator's own short words, except where a view shows the text too. */
const entries: readonly (readonly [number, number, string, string])[] = [
  [
    1408,
    16,
    'The remote copy of database "%ls" is missing log that the local copy has already truncated.',
    'Il manque à la copie distante de la base « %1! » du journal que la copie locale a déjà tronqué.',
  ],
  [
    1412,
    16,
    'The remote copy of database "%ls" has not been rolled forward to a point that the local log includes.',
    'La copie distante de la base « %1! » n’a pas atteint un point que contient le journal local.',
  ],
  [
    1475,
    16,
    'Database "%ls" needs a full backup and a log backup before it can be joined.',
    'La base « %1! » a besoin d’une sauvegarde complète et du journal avant d’être jointe.',
  ],
  [
    1480,
    10,
    'The availability group database "%ls" is changing roles from "%ls" to "%ls" because of a role synchronization.',
    'La base « %1! » du groupe de disponibilité passe du rôle « %2! » au rôle « %3! » par synchronisation des rôles.',
  ],
  [
    9002,
    17,
    "The transaction log for database '%ls' is full due to '%ls'.",
    'Le journal des transactions de la base « %1! » est plein pour la raison « %2! ».',
  ],
  [
    9642,
    16,
    'An error occurred in a mirroring transport endpoint. Error: %d, State: %d.',
    'Erreur dans un point de terminaison de mise en miroir. Erreur : %1!, état : %2!.',
  ],
  [
    28034,
    10,
    "Connection handshake failed. The login '%ls' has no CONNECT permission on the endpoint. State %d.",
    'Négociation de connexion échouée. La connexion « %1! » n’a pas CONNECT sur le point de terminaison. État %2!.',
  ],
  [
    28045,
    10,
    'Connection handshake failed. The certificate used by the peer does not match the one in MASTER with the same issuer name and serial number. State %d.',
    'Négociation de connexion échouée. Le certificat du partenaire n’est pas celui que MASTER garde sous ce numéro. État %1!.',
  ],
  [
    28047,
    10,
    "%ls login attempt failed with error: '%ls'. %ls",
    'Échec de la connexion %1! au point de terminaison : « %2! ». %3!',
  ],
  [
    28048,
    10,
    "%ls login attempt by user '%ls' failed with error: '%ls'. %ls",
    'Échec de la connexion %1! au point de terminaison par « %2! » : « %3! ». %4!',
  ],
  [
    35201,
    10,
    "A connection timeout has occurred while attempting to establish a connection to availability replica '%ls' with id [%ls].",
    'Délai dépassé pendant l’établissement d’une connexion au réplica « %1! » d’identificateur [%2!].',
  ],
  [
    35202,
    10,
    `A connection ${ends} '%ls' with id [%ls] has been successfully established.`,
    `Une connexion ${endsFrench} « %1! » d’identificateur [%2!] est établie.`,
  ],
  [
    35206,
    10,
    "A connection timeout has occurred on a previously established connection to availability replica '%ls' with id [%ls].  Either a networking or a firewall issue exists or the availability replica has transitioned to the resolving role.",
    'Délai dépassé sur une connexion déjà établie au réplica « %1! » d’identificateur [%2!]. Le réseau ou un pare-feu est en cause, ou le réplica est passé à la résolution.',
  ],
  [
    35207,
    16,
    "Connection attempt on availability group id '%ls' from replica id '%ls' to replica id '%ls' failed because of error %d, severity %d, state %d.",
    'La tentative de connexion du groupe « %1! », du réplica « %2! » au réplica « %3! », a échoué : erreur %4!, gravité %5!, état %6!.',
  ],
  [
    35250,
    16,
    'The connection to the primary replica is not active.  The command cannot be processed.',
    'La connexion au réplica principal n’est pas active. La commande ne peut pas être traitée.',
  ],
  [
    35264,
    10,
    'Always On Availability Groups data movement for database "%ls" has been suspended for the following reason: "%ls".',
    'Le déplacement des données de la base « %1! » a été suspendu pour la raison suivante : « %2! ».',
  ],
  [
    35267,
    10,
    "Always On Availability Groups connection with %ls database terminated for %ls database '%ls' on the availability replica '%ls'.",
    'Connexion à la base %1! terminée pour la base %2! « %3! » du réplica de disponibilité « %4! ».',
  ],
  [
    41962,
    16,
    'Operation was aborted as replication did not begin within %d minutes.',
    'L’opération a été abandonnée : la réplication n’a pas commencé en %1! minutes.',
  ],
  [
    41973,
    16,
    'The link cannot be created: the SQL Server certificate is not imported on the managed instance.',
    'Le lien ne peut être créé : le certificat de SQL Server n’est pas importé sur l’instance managée.',
  ],
  [
    41974,
    16,
    'The link cannot be created: the managed instance certificate is not imported on SQL Server.',
    'Le lien ne peut être créé : le certificat de l’instance managée n’est pas importé sur SQL Server.',
  ],
  [
    41976,
    16,
    'The partner availability group "%ls" does not respond.',
    'Le groupe de disponibilité partenaire « %1! » ne répond pas.',
  ],
  [41977, 16, 'The target database "%ls" does not respond.', 'La base de données cible « %1! » ne répond pas du tout.'],
  [
    41986,
    16,
    'The connection of the link failed, or its partner has not answered for a long time.',
    'La connexion du lien a échoué, ou le partenaire n’a pas répondu depuis longtemps.',
  ],
  [
    47521,
    16,
    'The secondary has received no valid request from the primary replica.',
    'Le réplica secondaire n’a reçu aucune demande valide du réplica principal.',
  ],
];

/** The messages of a link, by number. */
export const messages: readonly Message[] = entries.map(([number, severity, english, french]) => ({
  number,
  severity,
  texts: { 1033: english, 1036: french },
  isManagedInstanceOnly: number > 41_900,
}));

/** The languages in which every message is there. */
export const languageIds = [1033, 1036] as const satisfies readonly LanguageId[];

/** A message with its arguments in place; undefined for a number that is not among `messages`. */
export function messageText(
  number: number,
  languageId: LanguageId,
  args: readonly (string | number)[],
): string | undefined {
  let next = 0;
  return messages
    .find((message) => message.number === number)
    ?.texts[languageId].replace(/%(?:ls|d|(\d)!)/g, (_, position: string | undefined) => {
      const at = position === undefined ? next++ : Number(position) - 1;
      return String(args[at] ?? '');
    });
}
