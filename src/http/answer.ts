import type { Response } from 'express';

/** Answers with a short text, its line break included. */
export function answerText(response: Response, code: number, text: string): void {
  response.statusCode = code;
  answerBody(response, 'text/plain; charset=utf-8', text);
}

/** Answers with a page for people, which `contentSecurityPolicy` holds to itself. It shows the present: nobody may keep it. */
export function answerHtml(response: Response, html: string, contentSecurityPolicy: string): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  // Not `no-referrer`: a form's Origin would be null then (WHATWG Fetch 3.2), and its own page another site's.
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  answerBody(response, 'text/html; charset=utf-8', html);
}

/** Answers programs. It shows the present: nobody may keep it. */
export function answerJson(response: Response, value: unknown): void {
  response.setHeader('Cache-Control', 'no-store');
  answerBody(response, 'application/json; charset=utf-8', JSON.stringify(value));
}

function answerBody(response: Response, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
