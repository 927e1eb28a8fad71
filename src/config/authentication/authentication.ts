import type { Secret } from '../secret/secret.ts';

/** How to log in to a server; told apart by `type`. Plain data: two that are equal log in alike. */
export type Authentication = SqlLogin | WindowsLogin | AzureIdentity;

/** An identity of Microsoft Entra ID: the server gets a token in the place of a password. */
export type AzureIdentity = ManagedIdentity | ServicePrincipal | WorkloadIdentity | AzureDefault;

/** Whether the login proves itself with a token of Entra ID. */
export function isAzureIdentity(authentication: Authentication): authentication is AzureIdentity {
  return authentication.type !== 'sql_login' && authentication.type !== 'windows';
}

/** A login and password kept by the server itself. */
export interface SqlLogin {
  readonly type: 'sql_login';
  readonly username: string;
  /** Read it with `readSecret` at each login, so that a rotated password is picked up. */
  readonly password: Secret;
}

/** An account of a Windows domain, which the driver proves with NTLM version 2. */
export interface WindowsLogin {
  readonly type: 'windows';
  /** The domain's short name, or its DNS name. */
  readonly domain: string;
  /** Without the domain. */
  readonly username: string;
  /** As that of a SQL login. */
  readonly password: Secret;
}

/** The identity that Azure gives to the machine, the container or the application that this runs in. */
export interface ManagedIdentity {
  readonly type: 'managed_identity';
  /** Of a user-assigned identity; null: the system-assigned one. */
  readonly clientId: string | null;
  readonly cloud: AzureCloud;
}

/** An application registered in Entra ID, with a secret or a certificate of its own. */
export interface ServicePrincipal {
  readonly type: 'service_principal';
  /** The directory's id, or one of its domain names. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: ClientSecret | ClientCertificate;
  readonly cloud: AzureCloud;
}

/** What an application proves itself with; read at each request for a token, so that a rotated one is picked up. */
interface ClientSecret {
  readonly kind: 'secret';
  readonly secret: Secret;
}

/** As `ClientSecret`. */
export interface ClientCertificate {
  readonly kind: 'certificate';
  /** PEM: the certificate and its private key. */
  readonly pem: Secret;
  /** Of the private key; null: it is not encrypted. */
  readonly password: Secret | null;
}

/** A Kubernetes service account that Entra ID trusts: its token is exchanged for one of Entra ID. */
export interface WorkloadIdentity {
  readonly type: 'workload_identity';
  readonly tenantId: string;
  readonly clientId: string;
  /** Absolute; the file is read at each request for a token, as Kubernetes renews it. */
  readonly tokenFile: string;
  readonly cloud: AzureCloud;
}

/** Whatever `DefaultAzureCredential` of @azure/identity finds: environment, workload identity, managed identity, tools. */
export interface AzureDefault {
  readonly type: 'azure_default';
  /** Of the managed or workload identity, where there are several; null: not said. */
  readonly clientId: string | null;
  readonly cloud: AzureCloud;
}

/** Who gives the token and what it is for. */
export interface AzureCloud {
  /** The URL of Entra ID, without a slash at its end. */
  readonly authorityHost: string;
  /** What the token is asked for, as `https://database.windows.net/.default`. */
  readonly scope: string;
  /** False where the authority is none of Microsoft's: only those can be looked up before they are trusted. */
  readonly isPublicAuthority: boolean;
  /** PEM text of the authorities to trust for it; absent: the system's. */
  readonly authorityCa?: string;
}

/** Where each cloud of Microsoft gives tokens, for what its managed instances take them, and where its resources are managed. */
export const azureClouds = {
  public: {
    authorityHost: 'https://login.microsoftonline.com',
    audience: 'https://database.windows.net',
    resourceManager: 'https://management.azure.com',
  },
  us_government: {
    authorityHost: 'https://login.microsoftonline.us',
    audience: 'https://database.usgovcloudapi.net',
    resourceManager: 'https://management.usgovcloudapi.net',
  },
  china: {
    authorityHost: 'https://login.chinacloudapi.cn',
    audience: 'https://database.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
  },
} as const;
