import { item } from '../value/item.ts';
import type { Authentication, azureClouds } from './authentication.ts';

/** The key that tells the authentications apart. */
export const authenticationTypeSchema = {
  type: item<string | null>({
    doc: 'sql_login, windows, managed_identity, service_principal, workload_identity or azure_default',
    format: 'milink-authentication-type',
    default: null,
    required: true,
  }),
};

const passwordSchema = {
  password_file: item<string | null>({ doc: 'a file that holds the password', format: 'milink-path', default: null }),
  password_env: item<string | null>({
    doc: 'the environment variable that holds the password',
    format: 'milink-environment-variable',
    default: null,
  }),
};

const sqlLoginSchema = {
  username: item<string | null>({
    doc: 'the name of the login',
    format: 'milink-sql-login',
    default: null,
    required: true,
  }),
};

const usernameSchema = {
  username: item<string | null>({
    doc: 'the name of the login',
    format: 'milink-username',
    default: null,
    required: true,
  }),
};

const cloudSchema = {
  cloud: item<keyof typeof azureClouds | null>({
    doc: 'public, us_government or china',
    format: 'milink-azure-cloud',
    default: null,
  }),
  authority_host: item<string | null>({ doc: 'the URL of Entra ID', format: 'milink-https-url', default: null }),
  audience: item<string | null>({ doc: 'what the token is for', format: 'milink-https-url', default: null }),
};

const clientIdSchema = {
  client_id: item<string | null>({
    doc: "the identity's client id",
    format: 'milink-client-id',
    default: null,
  }),
};

const tenantIdSchema = {
  tenant_id: item<string | null>({
    doc: "the directory's id or domain name",
    format: 'milink-tenant-id',
    default: null,
  }),
};

/** The keys of each type of authentication. */
export const authenticationSchemas = {
  sql_login: { ...authenticationTypeSchema, ...sqlLoginSchema, ...passwordSchema },
  windows: {
    ...authenticationTypeSchema,
    domain: item<string | null>({
      doc: "the Windows domain's name",
      format: 'milink-windows-domain',
      default: null,
      required: true,
    }),
    ...usernameSchema,
    ...passwordSchema,
  },
  managed_identity: { ...authenticationTypeSchema, ...clientIdSchema, ...cloudSchema },
  service_principal: {
    ...authenticationTypeSchema,
    tenant_id: { ...tenantIdSchema.tenant_id, required: true },
    client_id: { ...clientIdSchema.client_id, doc: "the application's client id", required: true },
    client_secret_file: item<string | null>({
      doc: 'a file that holds the client secret',
      format: 'milink-path',
      default: null,
    }),
    client_secret_env: item<string | null>({
      doc: 'the environment variable that holds the client secret',
      format: 'milink-environment-variable',
      default: null,
    }),
    client_certificate_file: item<string | null>({
      doc: 'a PEM file with the certificate and its private key',
      format: 'milink-path',
      default: null,
    }),
    client_certificate_password_file: item<string | null>({
      doc: "a file that holds the private key's password",
      format: 'milink-path',
      default: null,
    }),
    ...cloudSchema,
  },
  workload_identity: {
    ...authenticationTypeSchema,
    ...tenantIdSchema,
    ...clientIdSchema,
    token_file: item<string | null>({
      doc: "the file that holds the service account's token",
      format: 'milink-path',
      default: null,
    }),
    ...cloudSchema,
  },
  azure_default: { ...authenticationTypeSchema, ...clientIdSchema, ...cloudSchema },
} satisfies Record<Authentication['type'], unknown>;
