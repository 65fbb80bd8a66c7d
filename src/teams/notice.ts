import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Services } from '../features/feature.js';
import { noticePath } from '../features/shared/links.js';
import type { Lang } from '../records.js';
import { langs } from '../text/text.js';
import { toLang } from './gate.js';
import { drawPage, pageHeaders } from './page.js';

const sections = ['what', 'why', 'who', 'where', 'howLong', 'rights'] as const;

/**
 * Serves the page that tells employees what is kept about them and why (GDPR, article 13), to anybody: in the language of
 * `?lang=`, otherwise in that of the browser. It is drawn once, at the start, and asks nothing of the records.
 * @param hasModel whether a language model may be asked about sentences
 */
export function createNotice(services: Pick<Services, 'textIn' | 'convention'>, hasModel: boolean) {
  const pages = Object.fromEntries(langs.map((lang) => [lang, draw(lang, services, hasModel)]));
  return (request: IncomingMessage, response: ServerResponse): void => {
    const asked = new URL(request.url ?? '', 'http://localhost').searchParams.get('lang');
    const lang = toLang(asked ?? request.headers['accept-language']);
    const html = pages[lang] ?? '';
    response.writeHead(200, {
      ...pageHeaders,
      'content-length': Buffer.byteLength(html),
      'cache-control': 'public, max-age=3600',
      vary: 'accept-language',
    });
    // Node leaves the body out of the answer to HEAD.
    response.end(html);
  };
}

function draw(
  lang: Lang,
  { textIn, convention }: Pick<Services, 'textIn' | 'convention'>,
  hasModel: boolean,
): string {
  const t = textIn(lang);
  const other = lang === 'fr' ? 'en' : 'fr';
  const { company, minPupilsShown, dataProtectionContact } = convention;
  const values = {
    company,
    pupils: minPupilsShown,
    contact: dataProtectionContact ?? t('notice.officer', { company }),
  };
  return drawPage(lang, {
    heading: t('notice.heading'),
    lines: [t('notice.lead', values)],
    sections: sections.map((name) => ({
      heading: t.at(`notice.${name}.heading`),
      lines: [
        t.at(`notice.${name}.first`, values),
        t.at(`notice.${name}.second`, values),
        ...(name === 'where' && hasModel ? [t('notice.model')] : []),
      ],
    })),
    other: { href: `${noticePath}?lang=${other}`, lang: other, title: textIn(other)('notice.heading') },
  });
}
