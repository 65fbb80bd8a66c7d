import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { addDays, startOfDay } from '../domain/days.js';
import type { Services } from '../features/feature.js';
import { fileTexts } from '../features/files/make.js';
import type { MadeFile } from '../features/shared/files.js';
import { stateOfLink } from '../features/shared/links.js';
import { StoreUnavailable } from '../ports.js';
import type { Lang, Link } from '../records.js';
import { dayAt, zone } from '../text/dates.js';
import type { Text } from '../text/text.js';
import type { Log } from './bot.js';
import { toLang } from './gate.js';
import { drawPage, pageHeaders } from './page.js';
import type { PersonLimits } from './person-limit.js';
import type { LinkTaker, NoFile } from './take-link.js';

interface FileServerOptions {
  readonly services: Services;
  readonly links: LinkTaker;
  /** How many requests may come from one address. */
  readonly limits: PersonLimits;
  readonly log: Log;
}

/** Answers a request for the file of a link. */
export type ServeFile = (request: IncomingMessage, response: ServerResponse, token: string) => Promise<void>;

/** Why a page offers no file. */
type Reason = NoFile | 'unknown' | 'tooFast' | 'store' | 'failure';
const statuses: Record<Reason, number> = {
  used: 410,
  expired: 410,
  gone: 410,
  unknown: 404,
  tooFast: 429,
  store: 503,
  failure: 500,
};

const tokenForm = /^[\w-]{32}$/;
/** A link is opened by its person only: its address is in no cache, no search engine and no `Referer`. */
const headers = {
  ...pageHeaders,
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
};

/**
 * Serves the files of links. Opening a link shows a page with a button, as crawlers and previews of links open it too;
 * the button downloads the file, and only once.
 */
export function createFileServer({ services, links, limits, log }: FileServerOptions): ServeFile {
  const { clock, textIn } = services;
  const requests = new RateLimiterMemory({ points: limits.perSecond + limits.burst, duration: 1 });

  async function answer(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    let lang: Lang = toLang(request.headers['accept-language']);
    let link: Link | undefined;
    const refuse = (reason: Reason) => {
      if (reason === 'tooFast' || reason === 'store') response.setHeader('retry-after', '5');
      sendPage(response, statuses[reason], refusalPage(reason, link, textIn(lang)));
    };
    try {
      if (!tokenForm.test(token)) return refuse('unknown');
      const mayAsk = await requests.consume(request.socket.remoteAddress ?? '').catch(() => undefined);
      if (!mayAsk) return refuse('tooFast');
      const found = await links.find(token);
      if (!found) return refuse('unknown');
      ({ link, lang } = found);
      const state = stateOfLink(link, clock.now());
      if (state !== 'ready') return refuse(state);
      if (request.method !== 'POST') return sendPage(response, 200, offerPage(link, textIn(lang)));
      const file = await links.take(link);
      if (typeof file === 'string') return refuse(file);
      sendFile(response, file);
    } catch (error) {
      // The error of a store does not name what was read.
      log.error({ err: error, file: link?.file }, 'a file could not be given');
      refuse(error instanceof StoreUnavailable ? 'store' : 'failure');
    }
  }
  return answer;
}

const offerPage = ({ file, expiresAt }: Link, t: Text) =>
  drawPage(t.lang, {
    heading: t.at(`${fileTexts(file)}.what`),
    lines: [describeExpiry(expiresAt, t)],
    button: t('files.download'),
  });

const refusalPage = (reason: Reason, link: Link | undefined, t: Text) =>
  drawPage(t.lang, {
    heading: t.at(`files.${reason}.heading`),
    lines: [
      t.at(`files.${reason}.why`),
      ...(statuses[reason] === 410 && link ? [t.at(`${fileTexts(link.file)}.again`)] : []),
    ],
  });

/** Until when a link works: to the end of a day, or to a time. */
function describeExpiry(expiresAt: string, t: Text): string {
  const lastDay = dayAt(new Date(Date.parse(expiresAt) - 1).toISOString());
  return startOfDay(addDays(lastDay, 1), zone) === expiresAt
    ? t('files.once', { day: t.dates.long(lastDay) })
    : t('files.onceUntil', { time: t.dates.instant(expiresAt) });
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(html),
  });
  // Node leaves the body out of the answer to HEAD.
  response.end(html);
}

function sendFile(response: ServerResponse, { name, type, content }: MadeFile): void {
  const plain = name.normalize('NFD').replace(/[^\w.-]+/g, '');
  response.writeHead(200, {
    ...headers,
    'content-type': type,
    'content-length': Buffer.byteLength(content),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
  response.end(content);
}
