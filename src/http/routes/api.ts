import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { historyDocument } from '../../check/history-json.ts';
import { checkDocument, linksDocument, serversDocument } from '../../check/json.ts';
import { chosenReport, isNamed } from '../../check/report/choose.ts';
import { exitCodeOfSeverity } from '../../link/severity.ts';
import { screenLines } from '../../screen/screen.ts';
import type { MadeAnswer } from '../load/answers.ts';
import { answerMade, jsonAnswer, type Route } from '../route.ts';
import type { StatusOptions } from '../status/page-route.ts';
import { queryOf } from '../status/places.ts';

/** What a place of the API says, and the status where it is not 200. */
interface Said {
  readonly code?: 400 | 404;
  readonly document: object;
}

/** Where programs read what people see on the pages. docs/api.md and docs/api.schema.json describe it. */
export const apiPaths = {
  check: '/api/v1/check',
  screen: '/api/v1/check/screen',
  links: '/api/v1/links',
  link: '/api/v1/links/:link/:managed_instance',
  servers: '/api/v1/servers',
  history: '/api/v1/history',
} as const;

/** Every place of the API: JSON from memory, with an ETag that stays while nothing changes. */
export function apiRoutes(options: StatusOptions): readonly Route[] {
  const { readReport } = options.status;
  const ofLinks = (request: Request, make: (report: ReturnType<typeof readReport>) => object): Said => {
    const report = chosenReport(readReport(), queryOf(request.url).getAll('link'));
    return report === null ? notFound('no link has this name') : { document: make(report) };
  };
  return [
    apiRoute(options, apiPaths.check, (request) => ofLinks(request, checkDocument)),
    apiRoute(options, apiPaths.screen, (request) => screenOf(request, ofLinks)),
    apiRoute(options, apiPaths.links, (request) => ofLinks(request, linksDocument)),
    apiRoute(options, apiPaths.link, ({ params }) => {
      const report = readReport();
      // `-` where no end can tell the managed instance: an empty part of a path is none.
      const instance = params.managed_instance === '-' ? '' : params.managed_instance;
      const links = report.links.filter((link) => isNamed(link, `${params.link}/${instance}`));
      return links.length === 0 ? notFound('there is no such link') : { document: linksDocument({ ...report, links }) };
    }),
    apiRoute(options, apiPaths.servers, () => ({ document: serversDocument(readReport()) })),
    apiRoute(options, apiPaths.history, (request) => historyOf(request, options)),
  ];
}

function notFound(error: string): Said {
  return { code: 404, document: { error } };
}

/** For `check --url`: the lines as pieces of text with their tone, so that the terminal at the other end draws them. */
function screenOf(
  request: Request,
  ofLinks: (request: Request, make: (report: Parameters<typeof screenLines>[0]) => object) => Said,
): Said {
  const width = numberOf(request, 'width', { least: 60, most: 200, otherwise: 80 });
  if (width === null) return { code: 400, document: { error: 'width is a number from 60 to 200' } };
  return ofLinks(request, (report) => ({
    exit_code: exitCodeOfSeverity[report.severity],
    lines: screenLines(report, { width }),
  }));
}

const mostEvents = 5000;

function historyOf(request: Request, { status: { timeline, readReport } }: StatusOptions): Said {
  const limit = numberOf(request, 'limit', { least: 0, most: mostEvents, otherwise: 500 });
  if (limit === null) return { code: 400, document: { error: `limit is a number from 0 to ${mostEvents}` } };
  const query = queryOf(request.url);
  const { generatedAtSeconds: nowSeconds } = readReport();
  const contents = { events: timeline.all(), levels: timeline.levels(nowSeconds), nowSeconds };
  return { document: historyDocument(contents, { links: query.getAll('link'), server: query.get('server'), limit }) };
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

function numberOf(request: Request, name: string, { least, most, otherwise }: Range): number | null {
  const text = queryOf(request.url).get(name);
  if (text === null) return otherwise;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function apiRoute(options: StatusOptions, path: string, say: (request: Request) => Said): Route {
  const { kept, untaken } = options;
  return {
    path,
    turn: 'page',
    handle: (request, response) => {
      const made = kept.of(`api ${request.originalUrl}`, () => apiAnswer(say(request)));
      const tag = made.headers.ETag;
      if (tag !== undefined && isKnown(request.headers['if-none-match'], tag)) {
        response.statusCode = 304;
        response.setHeader('ETag', tag);
        response.setHeader('Cache-Control', 'no-cache');
        return void response.end();
      }
      answerMade(response, untaken, made);
    },
  };
}

/** Weak: two answers with one tag differ in when they were put together. */
function apiAnswer({ code, document }: Said): MadeAnswer {
  const made = jsonAnswer(document);
  if (code !== undefined) return { ...made, code };
  const { generated_at: _, ...rest } = document as Record<string, unknown>;
  const tag = `W/"${createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 27)}"`;
  return { ...made, headers: { ...made.headers, 'Cache-Control': 'no-cache', ETag: tag } };
}

/** RFC 9110, 13.1.2: a list of tags, or `*`; weak comparison. */
function isKnown(header: string | undefined, tag: string): boolean {
  const tags = (header ?? '').split(',').map((each) => each.trim());
  return tags.some((each) => each === '*' || each.replace(/^W\//, '') === tag.slice(2));
}
