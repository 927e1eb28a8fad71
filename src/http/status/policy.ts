import { createHash } from 'node:crypto';
import { refreshScript } from './refresh-script.ts';
import { style } from './style.ts';

/**
 * What a browser may do with the pages: use their own style and their own script, each told by its hash, the icon that is
 * in the page, and requests to the exporter itself. Nothing else is loaded or run, and nobody may frame them.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(refreshScript)}`,
  'img-src data:',
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
