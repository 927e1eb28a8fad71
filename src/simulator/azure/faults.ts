import { type ServerResponse, STATUS_CODES } from 'node:http';

/** What goes wrong with Azure's answers; the requests of a token are never touched. */
export type AzureFault =
  /** With Azure's words where it has some: 401, 403, 404, 500, 503, 504. */
  | { readonly kind: 'status'; readonly status: number; readonly times?: number }
  /** `subscription` is Azure's front, `provider` the service behind it; `retryAfter` as the header has it. */
  | {
      readonly kind: 'throttled';
      readonly by: 'subscription' | 'provider';
      readonly retryAfter?: string;
      readonly times?: number;
    }
  | { readonly kind: 'page-of-a-proxy'; readonly status: number }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'body'; readonly text: string }
  /** Headers at once, the body never whole. */
  | { readonly kind: 'slow-body' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'next-link'; readonly to: string };

type Answered = Extract<
  AzureFault,
  { readonly kind: 'status' | 'throttled' | 'page-of-a-proxy' | 'redirect' | 'body' | 'slow-body' | 'reset' }
>;

/** Answers as the fault wants it. */
export function answerFault(fault: Answered, response: ServerResponse, path: string): void {
  switch (fault.kind) {
    case 'status':
      send(response, fault.status, errorBody(fault.status, path));
      break;
    case 'throttled': {
      const [code, message] = throttledWords[fault.by];
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
      send(response, 429, error(code, message));
      break;
    }
    case 'page-of-a-proxy':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end(`<html><body><h1>${fault.status} of a proxy</h1></body></html>`);
      break;
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end();
      break;
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' }).end(fault.text);
      break;
    case 'slow-body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"value":[');
      break;
    case 'reset':
      response.destroy();
  }
}

const throttledWords = {
  subscription: [
    'SubscriptionRequestsThrottled',
    "Number of requests for subscription '11111111-2222-4333-8444-555555555555' and operation 'GET/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/...' exceeded the backend storage limit. Please try again after '0' seconds.",
  ],
  provider: [
    'ResourceRequestsThrottled',
    "Number of requests for action 'Microsoft.Sql/managedInstances/read' exceeded the limit of '50' for time interval '00:05:00'. Please try again after '372' seconds.",
  ],
} as const;

/** As ARM words them; 401, 403 and 5xx were never recorded from Microsoft.Sql. */
function errorBody(status: number, path: string): string {
  switch (status) {
    case 401:
      return error('InvalidAuthenticationToken', 'The access token is invalid.');
    case 403: {
      const message = `The client '66666666-7777-8888-9999-000000000001' with object id '66666666-7777-8888-9999-000000000001' does not have authorization to perform action '${actionOf(path)}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
      return error('AuthorizationFailed', message);
    }
    case 404:
      return error('ResourceGroupNotFound', "Resource group 'rg-sales' could not be found.");
    case 400:
      return error(
        'NoRegisteredProviderFound',
        "No registered resource provider found for location 'westeurope' and API version '2025-01-01' for type 'managedInstances'. The supported api-versions are '2023-08-01, 2024-05-01-preview'.",
      );
    case 503:
      return error('ServiceUnavailable', 'The service is unavailable.');
    // Some answers have no body at all.
    default:
      return '';
  }
}

/** The right that a read of this path takes. */
function actionOf(path: string): string {
  const types = path.split('/providers/')[1]?.split('/') ?? [];
  const [namespace = '', ...rest] = types;
  return `${namespace}/${rest.filter((_, index) => index % 2 === 0).join('/')}/read`;
}

export function error(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

export function send(response: ServerResponse, status: number, body: string): void {
  response.statusMessage = STATUS_CODES[status] ?? '';
  if (status === 401)
    response.setHeader('WWW-Authenticate', 'Bearer authorization_uri="https://localhost", error="invalid_token"');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
}
